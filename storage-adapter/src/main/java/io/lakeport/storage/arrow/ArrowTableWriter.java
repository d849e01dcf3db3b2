package io.lakeport.storage.arrow;

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
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.storage.parquet.ArrowFields;
import io.lakeport.storage.parquet.partition.PartitionLayout;
import io.lakeport.storage.partition.FileSettings;
import io.lakeport.storage.partition.PartitionFile;
import io.lakeport.storage.partition.PartitionFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies the batches of chunks into files; rows are gathered into new batches only where there are partitions. */
final class ArrowTableWriter implements TableWriter {
    private final ResultSchema schema;
    private final PartitionLayout layout;
    private final boolean fileForm;
    private final PartitionFiles files;
    private List<ArrowField> fields = List.of();
    private @Nullable IpcSchema known;

    ArrowTableWriter(TableWriterContext context, boolean fileForm, FileSettings settings) {
        this.schema = context.schema();
        this.layout = PartitionLayout.of(schema, context.partitionBy());
        this.fileForm = fileForm;
        this.files = new PartitionFiles(context, settings, fileForm ? "arrow" : "arrows");
    }

    @Override
    public void write(ResultChunk chunk) {
        try {
            ArrowStream stream = ArrowStream.read(chunk.data());
            IpcSchema written = schemaOf(stream.fields());
            List<ArrowBatch> batches = batches(stream);
            if (layout.columns().isEmpty()) {
                copy(batches, IpcMessage.batches(chunk.data()), written);
            } else {
                for (ArrowBatch batch : batches) {
                    split(batch, written);
                }
            }
        } catch (ArrowFormatException e) {
            throw new LakeportException(
                    CoreError.RESULT_CORRUPT,
                    "chunk " + chunk.index() + " is damaged: " + e.getMessage() + "; run the statement again",
                    e);
        } catch (IOException e) {
            throw PartitionFiles.notWritable(e);
        }
    }

    /** Reading them checks that every buffer lies inside its body. */
    private static List<ArrowBatch> batches(ArrowStream stream) {
        List<ArrowBatch> batches = new ArrayList<>();
        for (Optional<ArrowBatch> next = stream.nextBatch(); next.isPresent(); next = stream.nextBatch()) {
            batches.add(next.get());
        }
        return batches;
    }

    private IpcSchema schemaOf(List<ArrowField> ofChunk) {
        IpcSchema first = known;
        if (first == null) {
            fields = ofChunk;
            first = new IpcSchema(kept(ofChunk));
            known = first;
        } else if (!fields.equals(ofChunk)) {
            throw new LakeportException(
                    CoreError.RESULT_CORRUPT,
                    "a chunk has the columns " + ofChunk + " where the first one had " + fields
                            + "; run the statement again");
        }
        return first;
    }

    private List<ArrowField> kept(List<ArrowField> all) {
        if (all.size() != schema.size()) {
            throw new LakeportException(
                    CoreError.RESULT_CORRUPT,
                    "a chunk has " + all.size() + " columns where the result has " + schema.size());
        }
        return layout.rest().stream()
                .map(i -> named(schema.columns().get(i).name(), all.get(i)))
                .toList();
    }

    private static ArrowField named(String name, ArrowField field) {
        return new ArrowField(name, field.nullable(), field.type(), field.children(), field.metadata());
    }

    private PartitionFile file(Map<String, String> partition, IpcSchema written) {
        return files.of(partition, () -> new IpcFrame(written, fileForm));
    }

    private void copy(List<ArrowBatch> batches, List<IpcMessage> messages, IpcSchema written) throws IOException {
        for (int i = 0; i < batches.size(); i++) {
            PartitionFile file = file(Map.of(), written);
            ByteBuffer metadata = messages.get(i).framed();
            ByteBuffer body = messages.get(i).body();
            ((IpcFrame) file.frame()).batchAt(file.offset(), metadata.remaining(), body.remaining());
            files.writeThrough(file, batches.get(i).length(), List.of(metadata, body));
        }
    }

    private void split(ArrowBatch batch, IpcSchema written) throws IOException {
        List<ArrowColumn> columns =
                layout.rest().stream().map(batch.columns()::get).toList();
        for (Map.Entry<Map<String, String>, int[]> part :
                layout.rows(batch.columns(), batch.length()).entrySet()) {
            PartitionFile file = file(part.getKey(), written);
            IpcBatch gathered = new IpcBatch(columns, part.getValue());
            int before = file.waiting().capacity();
            long offset = file.offset();
            int metadata = gathered.write(file.waiting());
            ((IpcFrame) file.frame()).batchAt(offset, metadata, gathered.bodyBytes());
            files.added(file, part.getValue().length, before);
        }
    }

    @Override
    public List<WrittenFile> finish() {
        try {
            if (files.isEmpty() && layout.columns().isEmpty()) {
                // A reader must learn the schema of an empty table from somewhere.
                IpcSchema written = known == null ? new IpcSchema(kept(ArrowFields.of(schema))) : known;
                file(Map.of(), written);
            }
            return files.finish();
        } catch (IOException e) {
            throw PartitionFiles.notWritable(e);
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
