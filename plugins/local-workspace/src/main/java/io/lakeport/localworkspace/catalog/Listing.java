package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows made in Java that DuckDB answers like any query. */
public final class Listing {
    private final List<Query.Output> columns = new ArrayList<>();
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    /** Adds a column. */
    public Listing column(String name, SqlType type) {
        columns.add(new Query.Output(name, name, type, true));
        return this;
    }

    /** Adds STRING columns. */
    public Listing strings(String... names) {
        for (String name : names) {
            column(name, SqlType.STRING);
        }
        return this;
    }

    /** Adds a row. */
    public Listing row(List<? extends @Nullable Object> values) {
        rows.add(new ArrayList<>(values));
        return this;
    }

    /** Returns the names and types. */
    public List<Query.Output> columns() {
        return List.copyOf(columns);
    }

    /** Returns the rows as a query. */
    public Query query() {
        String list =
                columns.stream().map(c -> Identifiers.duck(c.label())).collect(Collectors.joining(", ", "(", ")"));
        List<String> lines = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            lines.add(line(row));
        }
        boolean empty = lines.isEmpty();
        if (empty) {
            lines.add(columns.stream()
                    .map(c -> "CAST(NULL AS " + c.type().duck() + ")")
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        String sql =
                "SELECT * FROM (VALUES " + String.join(", ", lines) + ") AS v" + list + (empty ? " WHERE false" : "");
        return new Query(sql, columns);
    }

    private String line(List<@Nullable Object> row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Object value = row.get(i);
            String text = value == null ? "NULL" : Identifiers.literal(value.toString());
            SqlType type = columns.get(i).type();
            // Values of nested types are given as JSON text.
            String source = type.kind().isNested() ? "CAST(" + text + " AS JSON)" : text;
            cells.add("CAST(" + source + " AS " + type.duck() + ")");
        }
        return "(" + String.join(", ", cells) + ")";
    }
}
