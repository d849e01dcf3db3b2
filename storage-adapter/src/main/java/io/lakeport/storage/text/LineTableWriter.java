package io.lakeport.storage.text;

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
import io.lakeport.storage.parquet.partition.PartitionLayout;
import io.lakeport.storage.partition.FileFrame;
import io.lakeport.storage.partition.FileSettings;
import io.lakeport.storage.partition.PartitionFile;
import io.lakeport.storage.partition.PartitionFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the rows of chunks as lines, each into the file of its partition. */
public final class LineTableWriter implements TableWriter {
    private final LineFormat format;
    private final PartitionLayout layout;
    private final List<Column> columns;
    private final int width;
    private final PartitionFiles files;
    private List<ArrowField> fields = List.of();
    private LineFormat.@Nullable Lines lines;

    /** Creates the writer; it waits for the memory that it needs to begin. */
    public LineTableWriter(TableWriterContext context, LineFormat format, FileSettings settings) {
        this.format = format;
        this.layout = PartitionLayout.of(context.schema(), context.partitionBy());
        this.columns =
                layout.rest().stream().map(context.schema().columns()::get).toList();
        this.width = context.schema().size();
        this.files = new PartitionFiles(context, settings, format.extension());
    }

    @Override
    public void write(ResultChunk chunk) {
        try {
            ArrowStream stream = ArrowStream.read(chunk.data());
            LineFormat.Lines encoder = linesOf(stream.fields());
            for (Optional<ArrowBatch> batch = stream.nextBatch(); batch.isPresent(); batch = stream.nextBatch()) {
                write(batch.get(), encoder);
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

    private LineFormat.Lines linesOf(List<ArrowField> ofChunk) {
        if (ofChunk.size() != width) {
            throw new LakeportException(
                    CoreError.RESULT_CORRUPT,
                    "a chunk has " + ofChunk.size() + " columns where the result has " + width);
        }
        LineFormat.Lines known = lines;
        if (known == null || !fields.equals(ofChunk)) {
            fields = ofChunk;
            known = format.lines(
                    columns, layout.rest().stream().map(ofChunk::get).toList());
            lines = known;
        }
        return known;
    }

    private static FileFrame frame(LineFormat.Lines lines) {
        return lines::header;
    }

    private void write(ArrowBatch batch, LineFormat.Lines encoder) throws IOException {
        List<ArrowColumn> kept =
                layout.rest().stream().map(batch.columns()::get).toList();
        boolean partitioned = !layout.columns().isEmpty();
        for (int row = 0; row < batch.length(); row++) {
            Map<String, String> partition = partitioned ? layout.values(batch.columns(), row) : Map.of();
            PartitionFile file = files.of(partition, () -> frame(encoder));
            int before = file.waiting().capacity();
            encoder.row(file.waiting(), kept, row);
            files.added(file, 1, before);
        }
    }

    @Override
    public List<WrittenFile> finish() {
        try {
            if (files.isEmpty() && layout.columns().isEmpty()) {
                // A reader should find a file where a table is, even one without rows.
                LineFormat.Lines encoder = lines == null ? format.lines(columns, List.of()) : lines;
                files.of(Map.of(), () -> frame(encoder));
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
