package io.lakeport.storage.delta;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.manifest.ExportOrigin;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.storage.parquet.Chunks;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Exports to a Delta table and reads it with Delta Kernel. */
record DeltaFolder(ObjectStore store, ResultSchema schema, List<String> partitionBy) {
    /** Writes the rows of a query as a run and returns its manifest, not yet published to Delta. */
    ExportManifest write(ExportMode mode, long sequence, String sql) throws Exception {
        return write(mode, sequence, Chunks.of(sql, 2048), Set.of());
    }

    ExportManifest write(ExportMode mode, long sequence, List<ResultChunk> chunks, Set<Map<String, String>> replaced) {
        List<WrittenFile> files;
        try (TableWriter writer = new DeltaTableWriterProvider()
                .open(TableWriterContext.of(store, "run" + sequence, schema).partitionedBy(partitionBy))) {
            chunks.forEach(writer::write);
            files = writer.finish();
        }
        return new ExportManifest(
                sequence,
                "run" + sequence,
                new ExportOrigin(
                        "`main`.`sales`.`orders`",
                        "stream",
                        List.of(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty()),
                "delta",
                mode,
                List.of(),
                schema.columns(),
                partitionBy,
                replaced,
                files,
                files.stream().mapToLong(WrittenFile::rows).sum(),
                Instant.parse("2026-02-03T04:05:06Z"),
                Optional.empty());
    }

    void publish(ExportManifest manifest) {
        new DeltaTableWriterProvider().publisher(store).orElseThrow().publish(manifest);
    }

    void export(ExportMode mode, long sequence, String sql) throws Exception {
        publish(write(mode, sequence, sql));
    }

    Snapshot snapshot() {
        Engine engine = new DeltaEngine(store);
        return Table.forPath(engine, LogFiles.TABLE).getLatestSnapshot(engine);
    }

    /** Returns the paths of the files that Kernel says are in the table, as a list of SQL. */
    String activeFiles(Path folder) throws Exception {
        Engine engine = new DeltaEngine(store);
        List<String> paths = new ArrayList<>();
        try (CloseableIterator<FilteredColumnarBatch> files =
                snapshot().getScanBuilder().build().getScanFiles(engine)) {
            while (files.hasNext()) {
                try (CloseableIterator<Row> each = files.next().getRows()) {
                    while (each.hasNext()) {
                        String path = InternalScanFileUtils.getAddFileStatus(each.next())
                                .getPath();
                        paths.add("'" + folder.resolve(path.substring(LogFiles.TABLE.length() + 1)) + "'");
                    }
                }
            }
        }
        return paths.toString();
    }

    /** Returns every row, as Kernel reads it, in the order of its text. */
    Set<String> rows() throws Exception {
        Engine engine = new DeltaEngine(store);
        Scan scan = snapshot().getScanBuilder().build();
        Row state = scan.getScanState(engine);
        StructType physical = ScanStateRow.getPhysicalDataReadSchema(state);
        Set<String> rows = new TreeSet<>();
        try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
            while (files.hasNext()) {
                try (CloseableIterator<Row> each = files.next().getRows()) {
                    while (each.hasNext()) {
                        rows.addAll(rowsOf(engine, state, physical, each.next()));
                    }
                }
            }
        }
        return rows;
    }

    private static List<String> rowsOf(Engine engine, Row state, StructType physical, Row file) throws Exception {
        List<String> rows = new ArrayList<>();
        CloseableIterator<ColumnarBatch> data = engine.getParquetHandler()
                .readParquetFiles(
                        Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                        physical,
                        Optional.empty())
                .map(FileReadResult::getData);
        try (CloseableIterator<FilteredColumnarBatch> batches = Scan.transformPhysicalData(engine, state, file, data)) {
            while (batches.hasNext()) {
                ColumnarBatch batch = batches.next().getData();
                for (int row = 0; row < batch.getSize(); row++) {
                    List<String> cells = new ArrayList<>();
                    for (int i = 0; i < batch.getSchema().length(); i++) {
                        cells.add(text(VectorUtils.getValueAsObject(
                                batch.getColumnVector(i),
                                batch.getSchema().at(i).getDataType(),
                                row)));
                    }
                    rows.add(String.join("|", cells));
                }
            }
        }
        return rows;
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
    }
}
