package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;

/** Bit shifts; the distance wraps at the width of the type, as Java's does. */
final class Shifts {
    private Shifts() {}

    static Expr shift(String operator, Expr l, Expr by) {
        SqlType type = l.type().is(Kind.LONG) ? SqlType.LONG : SqlType.INT;
        int mask = type.is(Kind.LONG) ? 63 : 31;
        String value = Coercion.to(l, type).sql();
        String distance = "(CAST(" + by.sql() + " AS INTEGER) & " + mask + ")";
        String macro = switch (operator) {
            case "<<" -> "lp_shift_left";
            case ">>" -> "lp_shift_right";
            default -> "lp_shift_right_unsigned";
        };
        String sql = "CAST(" + macro + "(" + value + ", " + distance + ", " + (mask + 1) + ") AS " + type.duck() + ")";
        return Expr.of(
                sql, type, l.nullable() || by.nullable(), "(" + l.pretty() + " " + operator + " " + by.pretty() + ")");
    }
}
