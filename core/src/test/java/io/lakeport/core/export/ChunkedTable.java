package io.lakeport.core.export;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseCapability;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.time.Deadline;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;

/**
 * A table of numbers whose result comes in chunks and outlives its reader, as a workspace's does. Each statement returns
 * the rows in an order of its own, so that mixing the chunks of two statements shows.
 */
final class ChunkedTable implements Warehouse {
    static final int CHUNK_ROWS = 3;

    final int rows;
    final Map<String, List<List<Integer>>> results = new ConcurrentHashMap<>();
    final Map<String, String> tags = new ConcurrentHashMap<>();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger chunksHeld = new AtomicInteger();
    final AtomicInteger chunksRead = new AtomicInteger();

    ChunkedTable(int rows) {
        this.rows = rows;
    }

    @Override
    public ResultStream execute(StatementRequest request) {
        if (request.sql().startsWith("DESCRIBE HISTORY")) {
            throw new LakeportException(CoreError.STATEMENT_FAILED, "a view has no history");
        }
        String id = "statement-" + tags.size();
        boolean probe = request.sql().endsWith("LIMIT 0");
        tags.put(request.tag(), id);
        results.put(id, probe ? List.of() : chunks(id));
        return new Chunks(id, index -> true);
    }

    private List<List<Integer>> chunks(String id) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            all.add(i);
        }
        Collections.shuffle(all, new Random(id.hashCode()));
        List<List<Integer>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK_ROWS) {
            chunks.add(List.copyOf(all.subList(from, Math.min(all.size(), from + CHUNK_ROWS))));
        }
        return chunks;
    }

    @Override
    public Optional<StatementId> find(String tag, Deadline deadline) {
        return Optional.ofNullable(tags.get(tag)).map(StatementId::new);
    }

    @Override
    public ResultStream attach(StatementId statement, LongPredicate wanted, Deadline deadline) {
        if (!results.containsKey(statement.value())) {
            throw new LakeportException(CoreError.RESULT_EXPIRED, "the result is gone");
        }
        return new Chunks(statement.value(), wanted);
    }

    @Override
    public Set<WarehouseCapability> capabilities() {
        return Set.of(WarehouseCapability.REATTACH, WarehouseCapability.OUTCOME_LOOKUP);
    }

    @Override
    public void close() {}

    private final class Chunks implements ResultStream {
        private final String id;
        private final LongPredicate wanted;
        private final List<List<Integer>> chunks;
        private int next;
        private boolean closed;

        Chunks(String id, LongPredicate wanted) {
            this.id = id;
            this.wanted = wanted;
            this.chunks = results.get(id);
            open.incrementAndGet();
        }

        @Override
        public StatementId statementId() {
            return new StatementId(id);
        }

        @Override
        public ResultSchema schema() {
            return new ResultSchema(List.of(new Column("id", SqlType.of(SqlType.Kind.INT))));
        }

        @Override
        public OptionalLong totalRows() {
            return OptionalLong.of(chunks.stream().mapToLong(List::size).sum());
        }

        @Override
        public boolean truncated() {
            return false;
        }

        @Override
        public Optional<ResultChunk> next() {
            while (next < chunks.size() && !wanted.test(next)) {
                next++;
            }
            if (next == chunks.size()) {
                return Optional.empty();
            }
            List<Integer> values = chunks.get(next);
            StringBuilder lines = new StringBuilder();
            values.forEach(value -> lines.append(value).append('\n'));
            chunksHeld.incrementAndGet();
            chunksRead.incrementAndGet();
            ByteBuffer text = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
            return Optional.of(new ResultChunk(next++, 0, values.size(), text, chunksHeld::decrementAndGet));
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }
}
