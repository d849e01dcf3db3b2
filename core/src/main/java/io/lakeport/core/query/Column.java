package io.lakeport.core.query;

import io.lakeport.core.sql.SqlType;
import java.util.Objects;

/**
 * One column of a result.
 *
 * @param name name as the warehouse gave it; two columns may share one
 * @param type its Databricks type
 */
public record Column(String name, SqlType type) {
    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }
}
