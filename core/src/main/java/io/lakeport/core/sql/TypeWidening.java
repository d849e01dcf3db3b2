package io.lakeport.core.sql;

import java.util.List;

/** Which types hold every value of another. */
final class TypeWidening {
    private static final List<SqlType.Kind> INTEGERS =
            List.of(SqlType.Kind.TINYINT, SqlType.Kind.SMALLINT, SqlType.Kind.INT, SqlType.Kind.BIGINT);

    private TypeWidening() {}

    static boolean holds(SqlType wide, SqlType narrow) {
        if (wide.equals(narrow)) {
            return true;
        }
        SqlType.Kind from = narrow.kind();
        SqlType.Kind to = wide.kind();
        if (INTEGERS.contains(from) && INTEGERS.contains(to)) {
            return INTEGERS.indexOf(from) < INTEGERS.indexOf(to);
        }
        if (from == SqlType.Kind.DECIMAL && to == SqlType.Kind.DECIMAL) {
            return wide.scale() >= narrow.scale()
                    && wide.precision() - wide.scale() >= narrow.precision() - narrow.scale();
        }
        return from == SqlType.Kind.FLOAT && to == SqlType.Kind.DOUBLE;
    }
}
