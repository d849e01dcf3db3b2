package io.lakeport.core.export;

import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Writes the bytes of chunks as they are into one file. */
final class LineWriter implements TableWriter {
    private final ObjectSink sink;
    private long rows;

    private LineWriter(TableWriterContext context) {
        this.sink = context.store()
                .create(ObjectKey.of(context.prefix() + context.fileStem() + "-0.txt"), CreateMode.FAIL_IF_EXISTS);
    }

    static TableWriterProvider provider() {
        return new TableWriterProvider() {
            @Override
            public String format() {
                return "lines";
            }

            @Override
            public TableWriter open(TableWriterContext context) {
                return new LineWriter(context);
            }
        };
    }

    @Override
    public void write(ResultChunk chunk) {
        try {
            sink.write(chunk.data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows += chunk.rowCount();
    }

    @Override
    public List<WrittenFile> finish() {
        return List.of(new WrittenFile(sink.commit(), rows, Map.of()));
    }

    @Override
    public void close() {
        sink.close();
    }
}
