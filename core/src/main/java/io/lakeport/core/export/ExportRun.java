package io.lakeport.core.export;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.ExportProgress.Phase;
import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.manifest.ManifestLog;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of an export, from its window to its manifest. Used once, by one thread. */
final class ExportRun {
    private static final Logger LOG = LoggerFactory.getLogger(ExportRun.class);

    private final ExportPorts ports;
    private final ExportRequest request;
    private final TableWriterProvider format;
    private final ObjectStore store;
    private final ManifestLog log;
    private final Deadline deadline;
    private final Consumer<ExportProgress> progress;
    private final String runId = UUID.randomUUID().toString().replace("-", "");
    private long rows;
    private long bytes;

    ExportRun(
            ExportPorts ports,
            ExportRequest request,
            TableWriterProvider format,
            ObjectStore store,
            ManifestLog log,
            Deadline deadline,
            Consumer<ExportProgress> progress) {
        this.ports = ports;
        this.request = request;
        this.format = format;
        this.store = store;
        this.log = log;
        this.deadline = deadline;
        this.progress = progress;
    }

    Optional<ExportManifest> after(Optional<ExportManifest> newest) {
        report(Phase.PLANNING, OptionalLong.empty());
        Optional<ExportWindow> window = Optional.empty();
        if (request.watermark().isPresent()) {
            ResultSchema schema = ExportService.schemaOf(ports, request, deadline);
            newest.ifPresent(previous -> checkSchema(previous, schema));
            window = new WindowPlanner(ports, request).next(schema, newest, deadline);
            if (window.isEmpty()) {
                report(Phase.DONE, OptionalLong.of(0));
                return Optional.empty();
            }
        }
        long sequence = newest.map(ExportManifest::sequence).orElse(0L) + 1;
        try {
            ExportManifest manifest = write(sequence, window);
            report(Phase.PUBLISHING, OptionalLong.of(rows));
            log.publish(manifest);
            report(Phase.DONE, OptionalLong.of(rows));
            return Optional.of(manifest);
        } catch (RuntimeException e) {
            removeUnpublished(e);
            throw e;
        }
    }

    private ExportManifest write(long sequence, Optional<ExportWindow> window) {
        report(Phase.RUNNING_STATEMENT, OptionalLong.empty());
        try (ResultStream stream = ports.warehouse().execute(ExportService.statementFor(request, window, deadline));
                TableWriter writer = format.open(TableWriterContext.of(store, fileStem(), stream.schema())
                        .partitionedBy(request.partitionBy())
                        .withOptions(request.options()))) {
            copy(stream, writer);
            List<WrittenFile> files = writer.finish();
            return new ExportManifest(
                    sequence,
                    runId,
                    request.source().quoted(),
                    request.format(),
                    stream.statementId().value(),
                    window,
                    stream.schema().columns(),
                    request.partitionBy(),
                    files,
                    rows,
                    ports.clock().instant());
        }
    }

    private void copy(ResultStream stream, TableWriter writer) {
        while (true) {
            deadline.check("export of " + request.source());
            Optional<ResultChunk> next = stream.next();
            if (next.isEmpty()) {
                break;
            }
            try (ResultChunk chunk = next.get()) {
                writer.write(chunk);
                rows += chunk.rowCount();
                bytes += chunk.data().remaining();
            }
            report(Phase.WRITING, stream.totalRows());
        }
        if (stream.totalRows().isPresent() && stream.totalRows().getAsLong() != rows) {
            throw new LakeportException(
                            CoreError.RESULT_CORRUPT,
                            "the workspace announced " + stream.totalRows().getAsLong() + " rows and delivered " + rows
                                    + "; nothing was published; run the export again")
                    .with("statement_id", stream.statementId().value());
        }
    }

    private void checkSchema(ExportManifest previous, ResultSchema now) {
        if (!previous.columns().equals(now.columns())) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "the columns of " + request.source() + " changed since run " + previous.sequence() + " at '"
                            + request.target() + "': it had " + previous.columns() + " and now has " + now.columns()
                            + "; export to another target");
        }
    }

    private String fileStem() {
        return "part-" + runId;
    }

    /** Files of this run are known by their stem, also those that the writer finished early. */
    private void removeUnpublished(RuntimeException failure) {
        boolean maybePublished = failure instanceof LakeportException known
                && known.category() == io.lakeport.core.error.ErrorCategory.OUTCOME_UNKNOWN;
        if (maybePublished) {
            return;
        }
        try {
            for (ObjectInfo info : store.list("")) {
                if (info.key().fileName().startsWith(fileStem())) {
                    store.delete(info.key());
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("files of run {} at {} could not be removed; no manifest names them", runId, store.root());
            failure.addSuppressed(e);
        }
    }

    private void report(Phase phase, OptionalLong total) {
        progress.accept(new ExportProgress(phase, rows, total, bytes));
    }
}
