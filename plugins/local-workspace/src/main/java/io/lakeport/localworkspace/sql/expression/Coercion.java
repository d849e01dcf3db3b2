package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Spark's implicit conversions in ANSI mode. */
public final class Coercion {
    private Coercion() {}

    /** Returns the type that two types meet at, or {@code null} when they do not. */
    public static @Nullable SqlType common(SqlType a, SqlType b) {
        if (a.equals(b) || b.is(Kind.VOID)) {
            return a;
        }
        if (a.is(Kind.VOID)) {
            return b;
        }
        if (a.kind().isNumeric() && b.kind().isNumeric()) {
            return numeric(a, b);
        }
        if (a.is(Kind.STRING) || b.is(Kind.STRING)) {
            return withString(a.is(Kind.STRING) ? b : a);
        }
        if (a.kind().isInterval() && a.kind() == b.kind()) {
            return new SqlType(
                    a.kind(), Math.min(a.precision(), b.precision()), Math.max(a.scale(), b.scale()), List.of());
        }
        if (a.kind() == b.kind() && a.kind().isNested()) {
            return nested(a, b);
        }
        return temporal(a.kind(), b.kind());
    }

    private static @Nullable SqlType temporal(Kind a, Kind b) {
        if ((a.isTimestamp() || a == Kind.DATE) && (b.isTimestamp() || b == Kind.DATE)) {
            return a == Kind.TIMESTAMP || b == Kind.TIMESTAMP ? SqlType.TIMESTAMP : SqlType.TIMESTAMP_NTZ;
        }
        return null;
    }

    private static @Nullable SqlType withString(SqlType other) {
        if (other.kind().isIntegral()) {
            return SqlType.LONG;
        }
        if (other.kind().isNumeric()) {
            return SqlType.DOUBLE;
        }
        return other.kind().isNested() || other.kind().isInterval() ? null : other;
    }

    private static @Nullable SqlType nested(SqlType a, SqlType b) {
        if (a.fields().size() != b.fields().size()) {
            return null;
        }
        List<SqlType.Field> fields = new ArrayList<>();
        for (int i = 0; i < a.fields().size(); i++) {
            SqlType part = common(a.fields().get(i).type(), b.fields().get(i).type());
            if (part == null) {
                return null;
            }
            fields.add(new SqlType.Field(a.fields().get(i).name(), part));
        }
        return new SqlType(a.kind(), 0, 0, fields);
    }

    private static SqlType numeric(SqlType a, SqlType b) {
        if (a.kind().isFractional() || b.kind().isFractional()) {
            return a.kind() == b.kind() ? a : SqlType.DOUBLE;
        }
        if (a.is(Kind.DECIMAL) || b.is(Kind.DECIMAL)) {
            SqlType left = asDecimal(a);
            SqlType right = asDecimal(b);
            int scale = Math.max(left.scale(), right.scale());
            int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
            return SqlType.decimal(whole + scale, scale);
        }
        return a.kind().ordinal() > b.kind().ordinal() ? a : b;
    }

    /** Returns the DECIMAL that holds every value of a whole-number type. */
    static SqlType asDecimal(SqlType type) {
        return switch (type.kind()) {
            case BYTE -> SqlType.decimal(3, 0);
            case SHORT -> SqlType.decimal(5, 0);
            case INT -> SqlType.decimal(10, 0);
            case LONG -> SqlType.decimal(20, 0);
            default -> type;
        };
    }

    /** Returns the DECIMAL for an operand: as tight as its digits for a literal. */
    static SqlType asDecimal(Expr e) {
        if (e.type().kind().isIntegral() && e.constant() instanceof Number n) {
            return SqlType.decimal(Math.max(1, new BigDecimal(n.toString()).precision()), 0);
        }
        return asDecimal(e.type());
    }

    /** Returns the expressions in the type they all meet at. */
    public static List<Expr> unify(String function, List<Expr> args) {
        SqlType type = commonOf(function, args);
        return args.stream().map(a -> to(a, type)).toList();
    }

    /** Returns the type that all the expressions meet at. */
    public static SqlType commonOf(String function, List<Expr> args) {
        SqlType type = SqlType.VOID;
        for (Expr arg : args) {
            SqlType wider = common(type, arg.type());
            if (wider == null) {
                throw SqlErrors.of(
                        "DATATYPE_MISMATCH.DATA_DIFF_TYPES",
                        "42K09",
                        "Cannot resolve \"" + function + "\" due to data type mismatch: Input to `" + function
                                + "` should all be the same type, but it's [" + texts(args) + "].");
            }
            type = wider;
        }
        return type;
    }

    private static String texts(List<Expr> args) {
        return String.join(
                ", ", args.stream().map(a -> "\"" + a.type().text() + "\"").toList());
    }

    /** Returns the expression converted implicitly, its name unchanged. */
    public static Expr to(Expr e, SqlType type) {
        return e.type().equals(type) ? e : e.converted(Casts.sql(e, type, false), type);
    }
}
