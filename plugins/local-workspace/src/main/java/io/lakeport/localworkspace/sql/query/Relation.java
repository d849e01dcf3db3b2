package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.expression.Column;
import java.util.List;

/** A FROM item: its DuckDB SQL and the columns that it brings into scope. */
record Relation(String sql, List<Column> columns) {
    Relation {
        columns = List.copyOf(columns);
    }

    Relation asNullable() {
        return new Relation(sql, columns.stream().map(Column::asNullable).toList());
    }
}
