package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.expression.Column;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A translated query: DuckDB SQL and the columns it answers. */
public record Query(String sql, List<Output> columns) {
    public Query {
        columns = List.copyOf(columns);
    }

    /**
     * A column of the answer.
     *
     * @param name as Spark names it
     * @param label as DuckDB names it: unique within the query
     */
    public record Output(String name, String label, SqlType type, boolean nullable) {}

    /** Returns DuckDB names for the columns, equal to Spark's where those are unique. */
    static List<String> labels(List<String> names) {
        Set<String> used = new HashSet<>();
        List<String> labels = new ArrayList<>();
        for (String name : names) {
            String label = name.isEmpty() ? "_" : name;
            for (int i = 1; !used.add(label.toLowerCase(Locale.ROOT)); i++) {
                label = name + ":" + i;
            }
            labels.add(label);
        }
        return labels;
    }

    /** Returns the columns as a relation of that DuckDB alias offers them. */
    List<Column> columnsOf(String alias, List<String> qualifier) {
        return columns.stream()
                .map(o -> new Column(
                        qualifier, o.name(), alias + "." + Identifiers.duck(o.label()), o.type(), o.nullable(), false))
                .toList();
    }

    /** Returns the types of the columns. */
    List<SqlType> types() {
        return columns.stream().map(Output::type).toList();
    }
}
