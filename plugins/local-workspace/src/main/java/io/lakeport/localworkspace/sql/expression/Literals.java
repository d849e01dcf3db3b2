package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.math.BigDecimal;
import java.util.Locale;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/** Literals and parameter markers. */
public final class Literals {
    private final Parameters parameters;

    Literals(Parameters parameters) {
        this.parameters = parameters;
    }

    Expr constant(SqlBaseParser.ConstantContext ctx) {
        if (ctx instanceof SqlBaseParser.NullLiteralContext) {
            return Expr.of("NULL", SqlType.VOID, true, "NULL");
        }
        if (ctx instanceof SqlBaseParser.PosParameterLiteralContext) {
            return parameters.positional(ctx.getStart());
        }
        if (ctx instanceof SqlBaseParser.NamedParameterLiteralContext named) {
            return parameters.named(name(named.namedParameterMarker()));
        }
        if (ctx instanceof SqlBaseParser.IntervalLiteralContext interval) {
            return IntervalLiterals.of(interval.interval(), this);
        }
        if (ctx instanceof SqlBaseParser.TypeConstructorContext typed) {
            return typed(typed);
        }
        if (ctx instanceof SqlBaseParser.NumericLiteralContext number) {
            return number(number.getText().toUpperCase(Locale.ROOT), number.number());
        }
        if (ctx instanceof SqlBaseParser.BooleanLiteralContext) {
            String text = ctx.getText().toLowerCase(Locale.ROOT);
            return Expr.literal(text, SqlType.BOOLEAN, text, Boolean.valueOf(text));
        }
        return stringOrParameter(((SqlBaseParser.StringLiteralContext) ctx).stringLit());
    }

    private static String name(SqlBaseParser.NamedParameterMarkerContext ctx) {
        return Identifiers.unquote(ctx.getText().substring(1));
    }

    /** A lone parameter marker where a string may stand keeps its own type. */
    private Expr stringOrParameter(SqlBaseParser.StringLitContext ctx) {
        if (ctx.singleStringLit().size() == 1 && ctx.singleStringLit(0).parameterMarker() != null) {
            return marker(ctx.singleStringLit(0).parameterMarker());
        }
        String text = string(ctx);
        return Expr.literal(Identifiers.literal(text), SqlType.STRING, text, text);
    }

    private Expr marker(SqlBaseParser.ParameterMarkerContext ctx) {
        return ctx.getText().startsWith(":")
                ? parameters.named(Identifiers.unquote(ctx.getText().substring(1)))
                : parameters.positional(ctx.getStart());
    }

    /** Returns the text of a string literal; adjacent ones are one. */
    public String string(SqlBaseParser.StringLitContext ctx) {
        StringBuilder all = new StringBuilder();
        for (SqlBaseParser.SingleStringLitContext part : ctx.singleStringLit()) {
            if (part.parameterMarker() == null) {
                all.append(StringLiterals.unescape(part.getText()));
            } else if (marker(part.parameterMarker()).constant() instanceof String text) {
                all.append(text);
            } else {
                throw SqlErrors.unsupported("a parameter that is not a string where a string literal must stand");
            }
        }
        return all.toString();
    }

    private static Expr typed(SqlBaseParser.TypeConstructorContext ctx) {
        String text = StringLiterals.unescape(ctx.singleStringLitWithoutMarker().getText());
        String kind = ctx.literalType().getText().toUpperCase(Locale.ROOT);
        SqlType type = switch (kind) {
            case "DATE" -> SqlType.DATE;
            case "TIMESTAMP", "TIMESTAMP_LTZ" -> SqlType.TIMESTAMP;
            case "TIMESTAMP_NTZ" -> SqlType.TIMESTAMP_NTZ;
            case "X" -> SqlType.BINARY;
            default -> throw SqlErrors.unsupported("literals of type " + kind);
        };
        if (type.equals(SqlType.BINARY)) {
            return binary(text);
        }
        return MomentLiterals.of(text, type, kind);
    }

    private static Expr binary(String text) {
        String digits = (text.length() % 2 == 1 ? "0" : "") + text.toUpperCase(Locale.ROOT);
        if (!digits.matches("[0-9A-F]*")) {
            throw MomentLiterals.invalid("X", text);
        }
        return Expr.literal("unhex('" + digits + "')", SqlType.BINARY, "X'" + digits + "'", text);
    }

    private static Expr number(String text, SqlBaseParser.NumberContext ctx) {
        if (ctx instanceof SqlBaseParser.IntegerLiteralContext) {
            return whole(new BigDecimal(text));
        }
        if (ctx instanceof SqlBaseParser.DecimalLiteralContext) {
            return decimal(new BigDecimal(text));
        }
        if (ctx instanceof SqlBaseParser.ExponentLiteralContext) {
            return floating(text, SqlType.DOUBLE);
        }
        if (ctx instanceof SqlBaseParser.BigDecimalLiteralContext) {
            return decimal(new BigDecimal(text.substring(0, text.length() - 2)));
        }
        String digits = text.substring(0, text.length() - 1);
        if (ctx instanceof SqlBaseParser.DoubleLiteralContext) {
            return floating(digits, SqlType.DOUBLE);
        }
        if (ctx instanceof SqlBaseParser.FloatLiteralContext) {
            return floating(digits, SqlType.FLOAT);
        }
        SqlType type = ctx instanceof SqlBaseParser.BigIntLiteralContext
                ? SqlType.LONG
                : ctx instanceof SqlBaseParser.SmallIntLiteralContext ? SqlType.SHORT : SqlType.BYTE;
        long value = whole(digits);
        boolean fits = type.equals(SqlType.LONG)
                || (type.equals(SqlType.SHORT) ? value == (short) value : value == (byte) value);
        if (!fits) {
            throw outOfRange(text);
        }
        return Expr.literal("CAST(" + digits + " AS " + type.duck() + ")", type, digits, new BigDecimal(digits));
    }

    private static long whole(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw outOfRange(digits);
        }
    }

    private static RuntimeException outOfRange(String text) {
        return SqlErrors.of(
                "INVALID_NUMERIC_LITERAL_RANGE",
                "22003",
                "Numeric literal " + text
                        + " is outside the valid range of its type. Please adjust the value accordingly.");
    }

    private static Expr whole(BigDecimal value) {
        String text = value.toPlainString();
        if (value.toBigInteger().bitLength() < Integer.SIZE) {
            return Expr.literal(text.startsWith("-") ? "(" + text + ")" : text, SqlType.INT, text, value);
        }
        if (value.toBigInteger().bitLength() < Long.SIZE) {
            return Expr.literal("CAST(" + text + " AS BIGINT)", SqlType.LONG, text, value);
        }
        return decimal(value);
    }

    private static Expr decimal(BigDecimal value) {
        int scale = Math.max(0, value.scale());
        int precision = Math.max(value.precision(), scale);
        if (precision > SqlType.MAX_PRECISION) {
            throw SqlErrors.of(
                    "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
                    "22003",
                    "Decimal precision " + precision + " exceeds max precision 38.");
        }
        SqlType type = SqlType.decimal(precision, scale);
        String text = value.toPlainString();
        return Expr.literal("CAST('" + text + "' AS " + type.duck() + ")", type, text, value);
    }

    private static Expr floating(String text, SqlType type) {
        double most = type.equals(SqlType.FLOAT) ? Float.MAX_VALUE : Double.MAX_VALUE;
        if (new BigDecimal(text).abs().compareTo(new BigDecimal(most)) > 0) {
            throw outOfRange(text);
        }
        double value = Double.parseDouble(text);
        String pretty = type.equals(SqlType.FLOAT) ? String.valueOf(Float.parseFloat(text)) : String.valueOf(value);
        return Expr.literal("CAST('" + text + "' AS " + type.duck() + ")", type, pretty, value);
    }
}
