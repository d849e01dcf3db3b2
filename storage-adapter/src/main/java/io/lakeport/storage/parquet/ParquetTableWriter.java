package io.lakeport.storage.parquet;

import io.lakeport.core.arrow.ArrowBatch;
import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowField;
import io.lakeport.core.arrow.ArrowFormatException;
import io.lakeport.core.arrow.ArrowStream;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends the rows of chunks to the files of their partitions. At most {@link #MAX_OPEN} files are open at once. */
final class ParquetTableWriter implements TableWriter {
    static final int MAX_OPEN = 64;
    private static final long SMALLEST_GROUP = 1L << 20;

    private final TableWriterContext context;
    private final ParquetOptions options;
    private final PartitionLayout layout;
    private final List<WrittenFile> finished = new ArrayList<>();
    /** Ordered by last use, so that the eldest is the one to finish. */
    private final Map<Map<String, String>, RowFile> open = new LinkedHashMap<>(MAX_OPEN, 0.75f, true);

    private final WriterMemory memory;
    private @Nullable FileEncoder encoder;

    private List<ArrowField> fields = List.of();
    private Map<String, String> metadata = Map.of();
    private boolean sawSchema;
    private int nextNumber;

    ParquetTableWriter(TableWriterContext context, ParquetOptions options, PartitionLayout layout) {
        this.context = context;
        this.options = options;
        this.layout = layout;
        this.memory = new WriterMemory(context.memory());
    }

    @Override
    public void write(ResultChunk chunk) {
        try {
            ArrowStream stream = ArrowStream.read(chunk.data());
            takeSchema(stream.fields());
            for (Optional<ArrowBatch> batch = stream.nextBatch(); batch.isPresent(); batch = stream.nextBatch()) {
                write(batch.get());
            }
        } catch (ArrowFormatException e) {
            throw new LakeportException(
                    CoreError.RESULT_CORRUPT,
                    "chunk " + chunk.index() + " is damaged: " + e.getMessage() + "; run the statement again",
                    e);
        } catch (IOException e) {
            throw RowFile.notWritable(e);
        }
    }

    private void takeSchema(List<ArrowField> ofChunk) {
        if (ofChunk.size() != context.schema().size()) {
            throw new LakeportException(
                    CoreError.RESULT_CORRUPT,
                    "a chunk has " + ofChunk.size() + " columns where the result has "
                            + context.schema().size());
        }
        if (!sawSchema) {
            useFields(ofChunk);
        }
    }

    private void useFields(List<ArrowField> all) {
        sawSchema = true;
        List<Column> columns = new ArrayList<>();
        List<ArrowField> kept = new ArrayList<>();
        for (int position : layout.rest()) {
            Column column = context.schema().columns().get(position);
            ArrowField field = all.get(position);
            columns.add(column);
            kept.add(new ArrowField(column.name(), true, field.type(), field.children(), field.metadata()));
        }
        ArrowFields.requireNoEmptyStruct(kept);
        fields = kept;
        metadata = Map.of(SparkSchema.KEY, SparkSchema.json(columns, kept));
    }

    private void write(ArrowBatch batch) throws IOException {
        List<ArrowColumn> kept =
                layout.rest().stream().map(batch.columns()::get).toList();
        if (layout.columns().isEmpty()) {
            encoder().write(kept, 0, batch.length());
            return;
        }
        // Partition by partition, so that a batch opens each file once however its rows are mixed.
        for (Map.Entry<Map<String, String>, BitSet> part :
                rowsByPartition(batch).entrySet()) {
            BitSet rows = part.getValue();
            for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
                // All open files together may hold what one may hold alone: memory does not grow with partitions.
                long groupBytes = Math.max(SMALLEST_GROUP, options.rowGroupBytes() / Math.max(1, open.size()));
                fileOf(part.getKey()).write(kept, row, groupBytes);
            }
        }
    }

    private FileEncoder encoder() {
        FileEncoder current = encoder;
        if (current == null) {
            current = new FileEncoder(context, options, fields, metadata, memory);
            encoder = current;
        }
        return current;
    }

    private Map<Map<String, String>, BitSet> rowsByPartition(ArrowBatch batch) {
        Map<Map<String, String>, BitSet> rows = new LinkedHashMap<>();
        for (int row = 0; row < batch.length(); row++) {
            rows.computeIfAbsent(layout.values(batch.columns(), row), partition -> new BitSet())
                    .set(row);
        }
        return rows;
    }

    private RowFile fileOf(Map<String, String> partition) throws IOException {
        RowFile file = open.get(partition);
        if (file != null && !file.isFull()) {
            return file;
        }
        if (file != null) {
            open.remove(partition);
            finish(file);
        } else if (open.size() == MAX_OPEN) {
            finishEldest();
        }
        RowFile fresh = create(partition);
        open.put(partition, fresh);
        return fresh;
    }

    private RowFile create(Map<String, String> partition) throws IOException {
        String name = String.format(Locale.ROOT, "%s-%05d.parquet", context.fileStem(), nextNumber++);
        ObjectKey key = ObjectKey.of(context.prefix() + PartitionLayout.path(partition) + name);
        return new RowFile(
                context.store().create(key, CreateMode.FAIL_IF_EXISTS), partition, options, fields, metadata);
    }

    private void finishEldest() {
        Iterator<RowFile> files = open.values().iterator();
        RowFile eldest = files.next();
        files.remove();
        finish(eldest);
    }

    private void finish(RowFile file) {
        try (file) {
            finished.add(file.finish());
        }
    }

    @Override
    public List<WrittenFile> finish() {
        try {
            if (!sawSchema) {
                useFields(ArrowFields.of(context.schema()));
            }
            if (layout.columns().isEmpty()) {
                FileEncoder rows = encoder();
                if (rows.finished().isEmpty()) {
                    // A reader must learn the schema of an empty table from somewhere.
                    rows.openFile();
                }
                rows.endFile();
                finished.addAll(rows.finished());
            }
        } catch (IOException e) {
            throw RowFile.notWritable(e);
        }
        while (!open.isEmpty()) {
            finishEldest();
        }
        return finished.stream()
                .sorted(Comparator.comparing(file -> file.object().key().value()))
                .toList();
    }

    @Override
    public void close() {
        open.values().forEach(RowFile::close);
        open.clear();
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
        memory.close();
    }
}
