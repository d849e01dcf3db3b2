package io.lakeport.storage.parquet;

import io.lakeport.core.arrow.ArrowBatch;
import io.lakeport.core.arrow.ArrowField;
import io.lakeport.core.arrow.ArrowFormatException;
import io.lakeport.core.arrow.ArrowStream;
import io.lakeport.core.arrow.ArrowType;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.storage.parquet.page.WriterMemory;
import io.lakeport.storage.parquet.partition.PartitionLayout;
import io.lakeport.storage.parquet.partition.PartitionPaths;
import io.lakeport.storage.parquet.partition.PartitionedRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Encodes the rows of chunks into files, those of a partitioned table after sorting them by partition. */
final class ParquetTableWriter implements TableWriter {
    private final TableWriterContext context;
    private final ParquetOptions options;
    private final PartitionLayout layout;
    private final WriterMemory forFiles;
    private final WriterMemory forPartitions;
    private List<ArrowField> arrow = List.of();
    private @Nullable FileEncoder files;
    private @Nullable PartitionedRows partitions;

    ParquetTableWriter(TableWriterContext context, ParquetOptions options, PartitionLayout layout) {
        this.context = context;
        this.options = options;
        this.layout = layout;
        this.forFiles = new WriterMemory(context.memory());
        this.forPartitions = new WriterMemory(context.memory());
    }

    @Override
    public void write(ResultChunk chunk) {
        try {
            ArrowStream stream = ArrowStream.read(chunk.data());
            FileEncoder encoder = encoder(stream.fields());
            for (Optional<ArrowBatch> batch = stream.nextBatch(); batch.isPresent(); batch = stream.nextBatch()) {
                write(batch.get(), encoder);
            }
        } catch (ArrowFormatException e) {
            throw new LakeportException(
                    CoreError.RESULT_CORRUPT,
                    "chunk " + chunk.index() + " is damaged: " + e.getMessage() + "; run the statement again",
                    e);
        } catch (IOException e) {
            throw FileEncoder.notWritable(e);
        }
    }

    private void write(ArrowBatch batch, FileEncoder encoder) throws IOException {
        if (partitions != null) {
            partitions.write(batch);
        } else {
            encoder.write(batch.columns(), 0, batch.length());
        }
    }

    private FileEncoder encoder(List<ArrowField> ofChunk) {
        FileEncoder current = files;
        if (current == null) {
            return open(ofChunk);
        }
        if (!types(ofChunk).equals(types(arrow))) {
            throw new LakeportException(
                    CoreError.RESULT_CORRUPT,
                    "a chunk has columns " + types(ofChunk) + " where an earlier one has " + types(arrow)
                            + "; run the statement again");
        }
        return current;
    }

    private static List<Object> types(List<ArrowField> fields) {
        List<Object> types = new ArrayList<>();
        for (ArrowField field : fields) {
            ArrowType type = field.type();
            types.add(field.children().isEmpty() ? type : List.of(type, types(field.children())));
        }
        return types;
    }

    private FileEncoder open(List<ArrowField> all) {
        if (all.size() != context.schema().size()) {
            throw new LakeportException(
                    CoreError.RESULT_CORRUPT,
                    "a chunk has " + all.size() + " columns where the result has "
                            + context.schema().size());
        }
        List<Column> columns = new ArrayList<>();
        List<ArrowField> kept = new ArrayList<>();
        for (int position : layout.rest()) {
            Column column = context.schema().columns().get(position);
            ArrowField field = all.get(position);
            columns.add(column);
            kept.add(new ArrowField(column.name(), true, field.type(), field.children(), field.metadata()));
        }
        ArrowFields.requireNoEmptyStruct(kept);
        MessageType schema = ParquetTypes.message(kept, options);
        options.requireBloomColumns(schema);
        Map<String, String> metadata = Map.of(SparkSchema.KEY, SparkSchema.json(columns, kept));
        FileEncoder encoder = new FileEncoder(context, options, schema, kept, metadata, forFiles);
        files = encoder;
        arrow = List.copyOf(all);
        if (!layout.columns().isEmpty()) {
            partitions = new PartitionedRows(
                    layout,
                    schema,
                    kept,
                    forPartitions,
                    context.scratch(),
                    new PartitionPaths(context)::check,
                    encoder::write);
        }
        return encoder;
    }

    @Override
    public List<WrittenFile> finish() {
        try {
            FileEncoder encoder = files == null ? open(ArrowFields.of(context.schema())) : files;
            if (partitions != null) {
                partitions.finish();
            } else if (encoder.finished().isEmpty()) {
                // A reader must learn the schema of an empty table from somewhere.
                encoder.openFile();
            }
            encoder.endFile();
            return encoder.finished().stream()
                    .sorted(Comparator.comparing(file -> file.object().key().value()))
                    .toList();
        } catch (IOException e) {
            throw FileEncoder.notWritable(e);
        }
    }

    @Override
    public void close() {
        PartitionedRows rows = partitions;
        FileEncoder open = files;
        partitions = null;
        files = null;
        if (rows != null) {
            rows.close();
        }
        if (open != null) {
            open.close();
        }
        forPartitions.close();
        forFiles.close();
    }
}
