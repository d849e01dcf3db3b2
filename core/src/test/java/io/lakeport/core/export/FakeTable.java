package io.lakeport.core.export;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseCapability;
import io.lakeport.core.sql.SqlParameter;
import io.lakeport.core.sql.SqlType;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A table of {@code (id, version, updated_at)} that answers the statements of an export. The rows of a chunk are lines
 * of text: this package never looks inside a chunk.
 */
final class FakeTable implements Warehouse {
    /** What a row holds. */
    record Row(int version, Instant updatedAt) {}

    static final List<Column> COLUMNS = List.of(
            new Column("id", SqlType.of(SqlType.Kind.INT)),
            new Column("version", SqlType.of(SqlType.Kind.INT)),
            new Column("updated_at", SqlType.of(SqlType.Kind.TIMESTAMP)));

    final Map<Integer, Row> rows = new TreeMap<>();
    List<Column> columns = COLUMNS;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    long nullWatermarks;
    int loseRows;
    int openStreams;

    @Override
    public ResultStream execute(StatementRequest request) {
        if (request.sql().startsWith("DESCRIBE HISTORY")) {
            throw new LakeportException(CoreError.STATEMENT_FAILED, "a view has no history");
        }
        openStreams++;
        if (request.sql().contains("IS NULL")) {
            return new Lines(List.of(String.valueOf(nullWatermarks)), 0);
        }
        if (request.sql().equals("SELECT current_timestamp()")) {
            return new Lines(List.of(now.toString()), 0);
        }
        if (request.sql().endsWith("LIMIT 0")) {
            return new Lines(List.of(), 0);
        }
        Map<String, String> bounds = request.parameters().stream()
                .collect(Collectors.toMap(SqlParameter::name, p -> p.value().orElseThrow()));
        return new Lines(
                rows.entrySet().stream()
                        .filter(entry -> within(entry.getValue().updatedAt(), bounds))
                        .map(entry -> line(entry.getKey(), entry.getValue()))
                        .toList(),
                loseRows);
    }

    private static boolean within(Instant at, Map<String, String> bounds) {
        String low = bounds.get(ExportWindow.LOW);
        String high = bounds.get(ExportWindow.HIGH);
        return (high == null || at.isBefore(Instant.parse(high))) && (low == null || !at.isBefore(Instant.parse(low)));
    }

    static String line(int id, Row row) {
        return id + "," + row.version() + "," + row.updatedAt();
    }

    /** Returns the first column of the first row, which is all that the planner reads. */
    static RowCursor cursor(ResultStream stream) {
        Iterator<String> lines = ((Lines) stream).lines.iterator();
        String[] current = new String[1];
        return (RowCursor) Proxy.newProxyInstance(
                RowCursor.class.getClassLoader(),
                new Class<?>[] {RowCursor.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "next" -> {
                        boolean more = lines.hasNext();
                        current[0] = more ? lines.next() : "";
                        yield more;
                    }
                    case "isNull" -> false;
                    case "getLong" -> Long.parseLong(current[0]);
                    case "getTimestamp" -> Instant.parse(current[0]);
                    case "close" -> {
                        stream.close();
                        yield null;
                    }
                    default -> throw new IllegalStateException("not expected: " + method);
                });
    }

    @Override
    public Set<WarehouseCapability> capabilities() {
        return Set.of(WarehouseCapability.NAMED_PARAMETERS);
    }

    @Override
    public void close() {}

    private final class Lines implements ResultStream {
        private final List<String> lines;
        private final int lost;
        private boolean read;
        private boolean closed;

        Lines(List<String> lines, int lost) {
            this.lines = lines;
            this.lost = lost;
        }

        @Override
        public StatementId statementId() {
            return new StatementId("01-fake");
        }

        @Override
        public ResultSchema schema() {
            return new ResultSchema(columns);
        }

        @Override
        public OptionalLong totalRows() {
            return OptionalLong.of(lines.size());
        }

        @Override
        public boolean truncated() {
            return false;
        }

        @Override
        public Optional<ResultChunk> next() {
            List<String> delivered = lines.subList(0, Math.max(0, lines.size() - lost));
            if (read || delivered.isEmpty()) {
                return Optional.empty();
            }
            read = true;
            byte[] text = String.join("\n", delivered).concat("\n").getBytes(StandardCharsets.UTF_8);
            return Optional.of(new ResultChunk(0, 0, delivered.size(), ByteBuffer.wrap(text), () -> {}));
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                openStreams--;
            }
        }
    }
}
