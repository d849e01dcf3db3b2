package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.List;
import java.util.stream.Collectors;

/** {@code concat} and {@code ||}: strings, binaries or arrays; NULL when any part is. */
final class Concatenation {
    private Concatenation() {}

    static Expr concat(List<Expr> args) {
        String pretty = args.stream().map(Expr::pretty).collect(Collectors.joining(", ", "concat(", ")"));
        boolean nullable = args.stream().anyMatch(Expr::nullable);
        if (args.isEmpty()) {
            return Expr.of("''", SqlType.STRING, false, pretty);
        }
        boolean arrays = args.stream().anyMatch(a -> a.type().is(Kind.ARRAY));
        boolean binaries = args.stream().allMatch(a -> a.type().is(Kind.BINARY));
        SqlType type = arrays ? Coercion.commonOf("concat", args) : binaries ? SqlType.BINARY : SqlType.STRING;
        String sql = args.stream().map(a -> Coercion.to(a, type).sql()).collect(Collectors.joining(" || ", "(", ")"));
        return Expr.of(sql, type, nullable, pretty);
    }
}
