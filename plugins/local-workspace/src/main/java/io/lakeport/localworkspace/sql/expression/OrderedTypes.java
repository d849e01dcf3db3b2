package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.List;
import java.util.Set;

/** Functions that compare their arguments, and the types that Spark or DuckDB cannot put in order. */
final class OrderedTypes {
    private static final Set<String> ORDERING = Set.of("min", "max", "greatest", "least", "array_max", "array_min");
    private static final Set<String> EXTREMES = Set.of("min", "max");
    private static final Set<String> NUMERIC = Set.of("sum", "try_sum");

    private OrderedTypes() {}

    static void check(String name, List<Expr> args) {
        for (Expr arg : args) {
            if (ORDERING.contains(name) && hasMap(arg.type())) {
                throw SqlErrors.of(
                        "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                        "42K09",
                        "Cannot resolve \"" + name + "(" + arg.pretty() + ")\" due to data type mismatch: The `" + name
                                + "` does not support ordering on type \""
                                + arg.type().text() + "\".");
            }
            // DuckDB puts NULLs inside of these last, Spark first.
            if (EXTREMES.contains(name) && arg.type().kind().isNested()) {
                throw SqlErrors.unsupported(name + " of " + arg.type().text());
            }
            if (NUMERIC.contains(name) && arg.type().is(Kind.BOOLEAN)) {
                throw SqlErrors.mismatch(
                        name + "(" + arg.pretty() + ")", "the first parameter requires the NUMERIC type");
            }
        }
    }

    private static boolean hasMap(SqlType type) {
        return type.is(Kind.MAP) || type.fields().stream().anyMatch(f -> hasMap(f.type()));
    }
}
