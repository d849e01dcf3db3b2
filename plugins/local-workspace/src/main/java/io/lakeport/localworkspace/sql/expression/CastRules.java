package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;

/** Which casts ANSI mode knows. */
final class CastRules {
    private CastRules() {}

    static void check(Expr e, SqlType to) {
        SqlType from = e.type();
        if (isAllowed(from, to)) {
            return;
        }
        boolean byFunction = from.is(Kind.DATE) && to.kind().isNumeric()
                || to.is(Kind.DATE) && from.kind().isNumeric()
                || from.is(Kind.DATE) && to.is(Kind.BOOLEAN);
        boolean byMode = from.kind().isIntegral() && to.is(Kind.BINARY);
        String condition = byFunction
                ? "CAST_WITH_FUNC_SUGGESTION"
                : byMode ? "CAST_WITH_CONF_SUGGESTION" : "CAST_WITHOUT_SUGGESTION";
        throw SqlErrors.of(
                "DATATYPE_MISMATCH." + condition,
                "42K09",
                "Cannot resolve \"CAST(" + e.pretty() + " AS " + to.text()
                        + ")\" due to data type mismatch: cannot cast \""
                        + from.text() + "\" to \"" + to.text() + "\""
                        + (byFunction || byMode ? " with ANSI mode on." : "."));
    }

    private static boolean isAllowed(SqlType from, SqlType to) {
        if (from.is(Kind.VOID) || to.is(Kind.STRING) || from.equals(to)) {
            return true;
        }
        if (from.kind().isNested() || to.kind().isNested()) {
            return isAllowedNested(from, to);
        }
        Kind a = from.kind();
        Kind b = to.kind();
        if (a.isInterval() || b.isInterval()) {
            return isAllowedInterval(from, to);
        }
        boolean wrong = a == Kind.DATE && (b.isNumeric() || b == Kind.BOOLEAN)
                || b == Kind.DATE && (a.isNumeric() || a == Kind.BOOLEAN)
                || a == Kind.BINARY
                || b == Kind.BINARY && a != Kind.STRING
                || a == Kind.TIMESTAMP_NTZ && b.isNumeric()
                || b == Kind.TIMESTAMP_NTZ && a.isNumeric();
        return !wrong;
    }

    private static boolean isAllowedInterval(SqlType from, SqlType to) {
        if (from.kind() == to.kind() || from.is(Kind.STRING)) {
            return true;
        }
        SqlType interval = from.kind().isInterval() ? from : to;
        SqlType other = interval == from ? to : from;
        return interval.precision() == interval.scale()
                && (other.kind().isIntegral() || other.is(Kind.DECIMAL))
                && !other.kind().isInterval();
    }

    private static boolean isAllowedNested(SqlType from, SqlType to) {
        if (from.kind() != to.kind() || from.fields().size() != to.fields().size()) {
            return false;
        }
        for (int i = 0; i < from.fields().size(); i++) {
            if (!isAllowed(from.fields().get(i).type(), to.fields().get(i).type())) {
                return false;
            }
        }
        return true;
    }
}
