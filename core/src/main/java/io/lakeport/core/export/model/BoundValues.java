package io.lakeport.core.export.model;

import io.lakeport.core.sql.SqlParameter;
import io.lakeport.core.sql.SqlType;
import java.util.List;
import java.util.Optional;

/** Turns the values of one column's rules into parameters of a statement. Not thread-safe. */
public final class BoundValues {
    private static final String PREFIX = "lakeport_rule";

    private final List<SqlParameter> parameters;
    private final SqlType type;

    /** Adds to {@code parameters}; the values are of {@code type}. */
    BoundValues(List<SqlParameter> parameters, SqlType type) {
        this.parameters = parameters;
        this.type = type;
    }

    /** Binds a value of the column's type and returns how the statement names it. */
    String bind(String value) {
        return add(type.toString(), value);
    }

    /** Binds a text, whatever the column is. */
    String bindText(String value) {
        return add("STRING", value);
    }

    private String add(String typeText, String value) {
        String name = PREFIX + parameters.size();
        parameters.add(new SqlParameter(name, typeText, Optional.of(value)));
        return ":" + name;
    }
}
