package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Coercion;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.ExpressionTranslator;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/** Reads what VERSION AS OF, TIMESTAMP AS OF and the arguments of {@code table_changes} say. */
public final class Moments {
    private final ExpressionTranslator expressions;

    public Moments(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    /** Returns the moment of a clause. */
    public Moment of(SqlBaseParser.TemporalClauseContext ctx) {
        if (ctx.version() != null) {
            String text = ctx.version().getText().replaceAll("^(['\"])(.*)\\1$", "$2");
            if (!text.matches("[0-9]{1,18}")) {
                throw SqlErrors.of(
                        "DELTA_VERSION_INVALID",
                        "42815",
                        "The provided version (" + text + ") is not a valid version.");
            }
            return Moment.version(Long.parseLong(text));
        }
        return time(expressions.value(ctx.timestamp));
    }

    private static Moment time(Expr e) {
        if (!e.type().is(Kind.STRING)
                && !e.type().is(Kind.DATE)
                && !e.type().kind().isTimestamp()) {
            throw SqlErrors.of(
                    "INVALID_TIME_TRAVEL_TIMESTAMP_EXPR.INPUT",
                    "42K0E",
                    "The time travel timestamp expression \"" + e.pretty()
                            + "\" is invalid. Cannot be casted to the \"TIMESTAMP\" type.");
        }
        return new Moment(null, Coercion.to(e, SqlType.TIMESTAMP).sql(), e.pretty());
    }

    /** Returns the moment of an argument: a whole number is a version, anything else a time. */
    static Moment ofArgument(String argument, int position, Expr e) {
        if (e.type().is(Kind.VOID)) {
            throw SqlErrors.of(
                    "DELTA_CDC_READ_NULL_RANGE_BOUNDARY",
                    "22004",
                    "CDC read start/end parameters cannot be null. Please provide a valid version or timestamp.");
        }
        if (e.type().kind().isIntegral()) {
            if (!(e.constant() instanceof Number version)) {
                throw notConstant(argument, position, e);
            }
            return Moment.version(version.longValue());
        }
        return time(e);
    }

    static RuntimeException notConstant(String argument, int position, Expr e) {
        return SqlErrors.of(
                "DELTA_CDC_NON_CONSTANT_ARGUMENT",
                "42K0H",
                "The " + argument + " argument (position " + position
                        + ") of the table_changes function requires a constant value, but got a non-constant"
                        + " expression: " + e.pretty() + ".");
    }
}
