package io.lakeport.core.arrow;

import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.sql.SqlType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/** Makes streams with Arrow's own library, which is the judge of the reader. */
final class Streams {
    private Streams() {}

    /** Returns the root as an IPC stream, the batch written that many times. */
    static byte[] write(VectorSchemaRoot root, int batches) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArrowStreamWriter writer = new ArrowStreamWriter(root, null, bytes)) {
            writer.start();
            for (int i = 0; i < batches; i++) {
                writer.writeBatch();
            }
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A result of the given chunks that counts what is open. */
    static final class Result implements ResultStream {
        final AtomicInteger open = new AtomicInteger();
        private final List<Chunk> chunks;
        private final long announced;
        private final ResultSchema schema;
        private int next;

        /** Bytes of a chunk and the rows it announces. */
        record Chunk(long offset, long rows, byte[] bytes) {}

        Result(ResultSchema schema, long announced, List<Chunk> chunks) {
            this.schema = schema;
            this.announced = announced;
            this.chunks = chunks;
        }

        static ResultSchema schemaOf(SqlType... types) {
            return new ResultSchema(java.util.stream.IntStream.range(0, types.length)
                    .mapToObj(i -> new Column("c" + i, types[i]))
                    .toList());
        }

        @Override
        public StatementId statementId() {
            return new StatementId("01-test");
        }

        @Override
        public ResultSchema schema() {
            return schema;
        }

        @Override
        public OptionalLong totalRows() {
            return OptionalLong.of(announced);
        }

        @Override
        public boolean truncated() {
            return false;
        }

        @Override
        public Optional<ResultChunk> next() {
            if (next == chunks.size()) {
                return Optional.empty();
            }
            Chunk chunk = chunks.get(next);
            open.incrementAndGet();
            return Optional.of(new ResultChunk(
                    next++, chunk.offset(), chunk.rows(), ByteBuffer.wrap(chunk.bytes()), open::decrementAndGet));
        }

        @Override
        public void close() {}
    }
}
