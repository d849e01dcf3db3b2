package io.lakeport.core.export;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.manifest.FileCheck;
import io.lakeport.core.manifest.FileProof;
import io.lakeport.core.manifest.ManifestLog;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Use case: exports a table, in full or window by window. Thread-safe; two runs to one target at the same time are
 * decided by the manifest's number, and the loser removes its files.
 */
public final class ExportService {
    private static final Logger LOG = LoggerFactory.getLogger(ExportService.class);

    private final ExportPorts ports;

    /** Creates the service over one tenant's ports. */
    public ExportService(ExportPorts ports) {
        this.ports = ports;
    }

    /**
     * Runs an export and returns its manifest, once it is published.
     *
     * @param progress called on this thread as the export goes on; cheap, and must not throw
     * @return empty when an incremental export found its window empty of time, so that there was nothing to publish
     * @throws LakeportException PERMISSION_DENIED when the target lies outside the tenant's scope; CONFLICT when a full
     *     export finds the target used, or another run was faster; INVALID_REQUEST for a watermark that cannot bound
     *     windows or a target that holds the export of something else; nothing of the run is left at the target then
     */
    public Optional<ExportManifest> run(ExportRequest request, Deadline deadline, Consumer<ExportProgress> progress) {
        ports.tenant().scope().requireObjectAccess(ports.tenant().id(), request.target());
        request.source()
                .catalog()
                .ifPresent(catalog ->
                        ports.tenant().scope().requireCatalog(ports.tenant().id(), catalog.value()));
        TableWriterProvider format = ports.formats().apply(request.format());
        try (ObjectStore store = ports.stores().apply(request.target())) {
            probe(store);
            ManifestLog log = new ManifestLog(store, ports.codec());
            Optional<ExportManifest> newest = log.newest();
            newest.ifPresent(previous -> checkContinues(request, previous));
            return new ExportRun(ports, request, format, store, log, deadline, progress).after(newest);
        }
    }

    /**
     * Reads every exported file of a target again and compares it with its manifest.
     *
     * @param target as the exports named it
     * @return what was checked, and what is wrong
     * @throws LakeportException PERMISSION_DENIED when the target lies outside the tenant's scope
     */
    public FileCheck verify(URI target) {
        URI folder = URI.create(target.toString().endsWith("/") ? target.toString() : target + "/");
        ports.tenant().scope().requireObjectAccess(ports.tenant().id(), folder);
        try (ObjectStore store = ports.stores().apply(folder)) {
            List<ExportManifest> manifests = new ManifestLog(store, ports.codec()).all();
            long files = manifests.stream()
                    .mapToLong(manifest -> manifest.files().size())
                    .sum();
            return new FileCheck(files, new FileProof(store).problems(manifests));
        }
    }

    /** A target that cannot be written should show before a statement runs for it, and costs money. */
    private static void probe(ObjectStore store) {
        try (ObjectSink sink = store.create(ObjectKey.of("_lakeport/probe"), CreateMode.REPLACE)) {
            LOG.debug("the target {} takes objects, {} bytes begun", store.root(), sink.position());
        }
    }

    /** Returns the schema of a table without reading rows. */
    static ResultSchema schemaOf(ExportPorts ports, ExportRequest request, Deadline deadline) {
        String sql = "SELECT * FROM " + request.source().quoted() + " LIMIT 0";
        StatementRequest statement =
                StatementRequest.of(sql).purpose(Purpose.EXPORT).build(deadline);
        try (ResultStream stream = ports.warehouse().execute(statement)) {
            return stream.schema();
        }
    }

    /** Returns the statement that reads a window, or everything. */
    static StatementRequest statementFor(ExportRequest request, Optional<ExportWindow> window, Deadline deadline) {
        StringBuilder sql =
                new StringBuilder("SELECT * FROM ").append(request.source().quoted());
        window.ifPresent(bounds -> {
            String column = Identifier.of(bounds.column()).quoted();
            sql.append(" WHERE ").append(column).append(" < :").append(ExportWindow.HIGH);
            bounds.low()
                    .ifPresent(low ->
                            sql.append(" AND ").append(column).append(" >= :").append(ExportWindow.LOW));
        });
        StatementRequest.Builder statement = StatementRequest.of(sql.toString()).purpose(Purpose.EXPORT);
        window.ifPresent(bounds -> {
            statement.parameter(bounds.highParameter());
            bounds.lowParameter().ifPresent(statement::parameter);
        });
        return statement.build(deadline);
    }

    private static void checkContinues(ExportRequest request, ExportManifest previous) {
        String place = "export target '" + request.target() + "'";
        if (request.watermark().isEmpty()) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_EMPTY,
                    place + " already holds run " + previous.sequence() + " of " + previous.source()
                            + "; give another target, or a watermark column to export what is new");
        }
        boolean same = previous.source().equals(request.source().quoted())
                && previous.format().equals(request.format())
                && previous.partitionBy().equals(request.partitionBy())
                && previous.window().map(ExportWindow::column).equals(request.watermark());
        if (!same) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    place + " continues an export of " + previous.source() + " as " + previous.format()
                            + ", partitioned by " + previous.partitionBy() + ", along "
                            + previous.window().map(ExportWindow::column).orElse("nothing")
                            + "; ask for the same, or give another target");
        }
    }
}
