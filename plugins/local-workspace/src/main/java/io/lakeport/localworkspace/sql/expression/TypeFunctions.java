package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import java.util.Set;

/** {@code INT(x)} and its kin: a cast that is named by its argument. */
final class TypeFunctions {
    private static final Set<String> NAMES = Set.of(
            "boolean",
            "tinyint",
            "smallint",
            "int",
            "bigint",
            "float",
            "double",
            "decimal",
            "string",
            "binary",
            "date",
            "timestamp");

    private TypeFunctions() {}

    static boolean isOne(String name) {
        return NAMES.contains(name);
    }

    static Set<String> names() {
        return NAMES;
    }

    static Expr call(String name, Expr arg) {
        SqlType type = TypeTexts.of(StatementParser.parseType(name));
        return Casts.explicit(arg, type, false).named(arg.pretty());
    }
}
