package io.lakeport.core.export;

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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table {@code (id, part, n, at)} with every version it ever had, which answers the statements of an export by what
 * they say: which version, which bounds, which comparison. Something may happen to it between any two statements.
 */
final class VersionedTable implements Warehouse {
    /** A row. */
    record Row(int id, String part, int n, Instant at) {
        String line() {
            return id + "," + part + "," + n + "," + at;
        }
    }

    /** A row of the change data feed. */
    private record Change(Row row, String type, int version) {
        String line(String told) {
            return row.line() + "," + told + "," + version;
        }
    }

    private static final List<Column> COLUMNS = List.of(
            new Column("id", SqlType.of(SqlType.Kind.INT)),
            new Column("part", SqlType.of(SqlType.Kind.STRING)),
            new Column("n", SqlType.of(SqlType.Kind.INT)),
            new Column("at", SqlType.of(SqlType.Kind.TIMESTAMP)));
    private static final Pattern VERSION = Pattern.compile("VERSION AS OF (\\d+)");
    private static final Pattern FEED = Pattern.compile("table_changes\\('[^']*', (\\d+), (\\d+)\\)");
    private static final Pattern BOUND = Pattern.compile("`at` (<=|<|>=|>) :(\\w+)");

    private final List<List<Row>> versions = new ArrayList<>(List.of(List.of()));
    private final List<Change> changes = new ArrayList<>();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    Runnable meanwhile = () -> {};

    List<Row> rows() {
        return versions.get(versions.size() - 1);
    }

    /** Commits a version; {@code from} becomes {@code to}, which says what changed. */
    void commit(Map<Row, Optional<Row>> updates, List<Row> inserts) {
        int version = versions.size();
        List<Row> next = new ArrayList<>(rows());
        updates.forEach((from, to) -> {
            next.remove(from);
            changes.add(new Change(from, to.isPresent() ? "update_preimage" : "delete", version));
            to.ifPresent(row -> {
                next.add(row);
                changes.add(new Change(row, "update_postimage", version));
            });
        });
        inserts.forEach(row -> changes.add(new Change(row, "insert", version)));
        next.addAll(inserts);
        versions.add(List.copyOf(next));
    }

    @Override
    public ResultStream execute(StatementRequest request) {
        ResultStream answer = new Lines(answer(request));
        meanwhile.run();
        return answer;
    }

    private List<String> answer(StatementRequest request) {
        String sql = request.sql();
        if (sql.equals("SELECT current_timestamp()")) {
            return List.of(now.toString());
        } else if (sql.startsWith("DESCRIBE HISTORY")) {
            return List.of(String.valueOf(versions.size() - 1));
        } else if (sql.startsWith("SHOW TBLPROPERTIES")) {
            return List.of("delta.enableChangeDataFeed,true");
        } else if (sql.endsWith("LIMIT 0")) {
            return List.of();
        } else if (sql.startsWith("SELECT count(*)")) {
            return List.of("0");
        }
        Map<String, Instant> bounds = request.parameters().stream()
                .collect(Collectors.toMap(
                        SqlParameter::name, p -> Instant.parse(p.value().orElseThrow())));
        return sql.startsWith("SELECT DISTINCT") ? List.copyOf(parts(sql, bounds)) : rows(sql, bounds);
    }

    private List<String> rows(String sql, Map<String, Instant> bounds) {
        if (sql.contains("LEFT SEMI JOIN")) {
            String touched = sql.substring(sql.indexOf("LEFT SEMI JOIN"));
            Set<String> parts = parts(touched, bounds);
            return snapshot(sql)
                    .filter(row -> parts.contains(row.part()))
                    .map(Row::line)
                    .toList();
        } else if (sql.contains("EXCEPT ALL")) {
            return withoutTaken(sql, bounds);
        }
        boolean newest = sql.contains("row_number() OVER (PARTITION BY `id` ORDER BY");
        if (FEED.matcher(sql).find()) {
            return newest
                    ? newestChanges(feed(sql))
                    : feed(sql).map(c -> c.line(c.type())).toList();
        }
        Stream<Row> found = snapshot(sql).filter(within(sql, bounds));
        String snapshot = sql.contains("'insert' AS") ? ",insert,0" : "";
        return newest
                ? found
                        .collect(Collectors.toMap(Row::id, row -> row, (a, b) -> a.at().isAfter(b.at()) ? a : b))
                        .values()
                        .stream()
                        .map(row -> row.line() + snapshot)
                        .toList()
                : found.map(row -> row.line() + snapshot).toList();
    }

    private List<String> withoutTaken(String sql, Map<String, Instant> bounds) {
        String[] parts = sql.split(" UNION ALL | EXCEPT ALL ");
        List<String> late = new ArrayList<>(lines(parts[1], bounds));
        // Row by row: a row that is there twice and was there once is left once.
        lines(parts[2], bounds).forEach(late::remove);
        return Stream.concat(lines(parts[0], bounds).stream(), late.stream()).toList();
    }

    private List<String> lines(String sql, Map<String, Instant> bounds) {
        return snapshot(sql).filter(within(sql, bounds)).map(Row::line).toList();
    }

    private Set<String> parts(String sql, Map<String, Instant> bounds) {
        Stream<Row> touched = FEED.matcher(sql).find()
                ? feed(sql).map(Change::row)
                : snapshot(sql).filter(within(sql, bounds));
        return touched.map(Row::part).collect(Collectors.toCollection(HashSet::new));
    }

    private Stream<Row> snapshot(String sql) {
        Matcher matcher = VERSION.matcher(sql);
        return (matcher.find() ? versions.get(Integer.parseInt(matcher.group(1))) : rows()).stream();
    }

    private Stream<Change> feed(String sql) {
        Matcher matcher = FEED.matcher(sql);
        matcher.find();
        int first = Integer.parseInt(matcher.group(1));
        int last = Integer.parseInt(matcher.group(2));
        return changes.stream().filter(change -> change.version() >= first && change.version() <= last);
    }

    private static List<String> newestChanges(Stream<Change> changes) {
        Map<Integer, Change> newest = new LinkedHashMap<>();
        Comparator<Change> order = Comparator.comparingInt(Change::version)
                .thenComparing(change ->
                        change.type().equals("insert") || change.type().equals("update_postimage"));
        changes.forEach(change -> newest.merge(change.row().id(), change, (a, b) -> order.compare(a, b) >= 0 ? a : b));
        return newest.values().stream()
                .map(change -> change.line(change.type().equals("update_preimage") ? "delete" : change.type()))
                .toList();
    }

    private static Predicate<Row> within(String sql, Map<String, Instant> bounds) {
        Predicate<Row> all = row -> true;
        Matcher matcher = BOUND.matcher(sql);
        while (matcher.find()) {
            String operator = matcher.group(1);
            Instant bound = bounds.get(matcher.group(2));
            all = all.and(row -> {
                int order = row.at().compareTo(bound);
                return order == 0 ? operator.endsWith("=") : operator.startsWith("<") == order < 0;
            });
        }
        return all;
    }

    /** Returns the rows of a result. */
    static List<String> lines(ResultStream stream) {
        try (stream) {
            return ((Lines) stream).lines;
        }
    }

    /** Reads the small results that a planner asks for. */
    static RowCursor cursor(ResultStream stream) {
        Iterator<String> lines = ((Lines) stream).lines.iterator();
        String[][] current = {{}};
        return (RowCursor) Proxy.newProxyInstance(
                RowCursor.class.getClassLoader(),
                new Class<?>[] {RowCursor.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "next" -> {
                        boolean more = lines.hasNext();
                        current[0] = more ? lines.next().split(",", -1) : new String[] {};
                        yield more;
                    }
                    case "isNull" -> false;
                    case "getLong" -> Long.parseLong(current[0][(int) arguments[0]]);
                    case "getTimestamp" -> Instant.parse(current[0][(int) arguments[0]]);
                    case "getString", "getObject" -> current[0][(int) arguments[0]];
                    case "close" -> close(stream);
                    default -> throw new IllegalStateException("not expected: " + method);
                });
    }

    private static @Nullable Object close(ResultStream stream) {
        stream.close();
        return null;
    }

    @Override
    public Set<WarehouseCapability> capabilities() {
        return Set.of(WarehouseCapability.NAMED_PARAMETERS);
    }

    @Override
    public void close() {}

    /** The rows of a result as one chunk of text. */
    private static final class Lines implements ResultStream {
        private final List<String> lines;
        private boolean read;

        Lines(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public StatementId statementId() {
            return new StatementId("01-fake");
        }

        @Override
        public ResultSchema schema() {
            return new ResultSchema(COLUMNS);
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
            if (read || lines.isEmpty()) {
                return Optional.empty();
            }
            read = true;
            byte[] text = String.join("\n", lines).concat("\n").getBytes(StandardCharsets.UTF_8);
            return Optional.of(new ResultChunk(0, 0, lines.size(), ByteBuffer.wrap(text), () -> {}));
        }

        @Override
        public void close() {}
    }
}
