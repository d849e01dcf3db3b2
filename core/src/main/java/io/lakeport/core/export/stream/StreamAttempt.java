package io.lakeport.core.export.stream;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.engine.EngineOutcome;
import io.lakeport.core.export.engine.EngineTask;
import io.lakeport.core.export.journal.Segment;
import io.lakeport.core.export.port.ExportProgress;
import io.lakeport.core.export.port.ExportProgress.Phase;
import io.lakeport.core.export.port.ExportTuning;
import io.lakeport.core.export.request.PartitionField;
import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Writes the chunks of one attempt. Used once. */
final class StreamAttempt implements LaneWriter.SegmentFiles {
    /** A partitioned segment has a file for each partition, so that small segments would mean small files. */
    private static final int PARTITIONED_SEGMENTS = 8;

    private final EngineTask task;
    private final AttemptStatement statement;
    private final TableWriterProvider format;
    private final List<Segment> written = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    StreamAttempt(EngineTask task, AttemptStatement statement) {
        this.task = task;
        this.statement = statement;
        this.format = task.ports().formats().apply(task.run().request().format());
        this.written.addAll(statement.done());
        statement.done().forEach(segment -> rows.addAndGet(segment.rows()));
    }

    EngineOutcome run() {
        ExportTuning tuning = task.ports().tuning();
        try (Lanes lanes =
                new Lanes(tuning.lanes(), () -> new LaneWriter(this, segmentBytes(tuning)), task.deadline())) {
            copy(lanes);
            lanes.finish();
        }
        checkRows();
        if (written.stream().allMatch(segment -> segment.files().isEmpty())) {
            writeSchemaAlone();
        }
        List<WrittenFile> files = written.stream()
                .flatMap(segment -> segment.files().stream())
                .sorted(Comparator.comparing(file -> file.object().key().value()))
                .toList();
        return new EngineOutcome(
                List.of(statementId()), statement.stream().schema().columns(), files);
    }

    private long segmentBytes(ExportTuning tuning) {
        boolean partitioned = !task.run().request().partitionBy().isEmpty();
        return partitioned ? tuning.segmentBytes() * PARTITIONED_SEGMENTS : tuning.segmentBytes();
    }

    private void copy(Lanes lanes) {
        ResultStream stream = statement.stream();
        report();
        for (Optional<ResultChunk> next = stream.next(); next.isPresent(); next = stream.next()) {
            ResultChunk chunk = next.get();
            long count = chunk.rowCount();
            long size = chunk.data().remaining();
            lanes.put(chunk);
            rows.addAndGet(count);
            bytes.addAndGet(size);
            report();
        }
    }

    private void checkRows() {
        long inFiles = written.stream().mapToLong(Segment::rows).sum();
        OptionalLong announced = statement.stream().totalRows();
        if (announced.isPresent() && announced.getAsLong() != inFiles) {
            throw new LakeportException(
                            CoreError.RESULT_CORRUPT,
                            "the workspace announced " + announced.getAsLong() + " rows and delivered " + inFiles
                                    + "; nothing was published; run the export again")
                    .with("statement_id", statementId());
        }
    }

    /** A reader must learn the schema of an empty result from somewhere; a format without a place for it writes none. */
    private void writeSchemaAlone() {
        int number = nextNumber();
        try (TableWriter writer = open(number)) {
            record(number, new TreeSet<>(), writer.finish(), 0);
        }
    }

    @Override
    public int nextNumber() {
        return numbers.incrementAndGet();
    }

    @Override
    public TableWriter open(int segment) {
        String stem =
                task.journal().fileStem(statement.attempt().number()) + String.format(Locale.ROOT, "%05d", segment);
        ExportTuning tuning = task.ports().tuning();
        return format.open(
                TableWriterContext.of(task.store(), stem, statement.stream().schema())
                        .partitionedBy(task.run().request().partitionBy().stream()
                                .map(PartitionField::name)
                                .toList())
                        .withOptions(task.run().request().options())
                        .within(tuning.memory(), tuning.scratch()));
    }

    @Override
    public void record(int number, TreeSet<Long> chunks, List<WrittenFile> files, long chunkRows) {
        Segment segment = LaneWriter.segment(statementId(), statement.attempt().number(), number, chunks, files);
        if (segment.rows() != chunkRows) {
            throw new LakeportException(
                    CoreError.INTERNAL,
                    "the files of segment " + number + " hold " + segment.rows() + " rows, its chunks " + chunkRows
                            + "; nothing was published; please report this");
        }
        task.journal().record(segment);
        written.add(segment);
    }

    private String statementId() {
        return statement.stream().statementId().value();
    }

    private void report() {
        task.progress()
                .accept(new ExportProgress(
                        Phase.WRITING,
                        rows.get(),
                        statement.stream().totalRows(),
                        bytes.get(),
                        written.size(),
                        written.stream().mapToLong(Segment::bytes).sum()));
    }
}
