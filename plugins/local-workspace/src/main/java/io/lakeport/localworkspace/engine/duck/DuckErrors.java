package io.lakeport.localworkspace.engine.duck;

import io.lakeport.localworkspace.engine.EngineException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives DuckDB's failures the class, state and text that Databricks has for them. */
final class DuckErrors {
    private record Rule(Pattern pattern, String errorClass, String state, String text) {}

    private static final String CANCELED = "OPERATION_CANCELED";

    /** Functions of ours fail with the finished text; it only has to be found. */
    private static final Pattern OURS = Pattern.compile("\\[([A-Z0-9_.]+)\\] .* SQLSTATE: (\\w{5})", Pattern.DOTALL);

    private static final List<Rule> RULES = List.of(
            rule("interrupt", CANCELED, "HY008", "Operation has been canceled."),
            rule(
                    "out of range error.*(add|subtract|multipl|negat|overflow|cannot be cast|sum)|overflow in",
                    "ARITHMETIC_OVERFLOW",
                    "22003",
                    "The result of an arithmetic operation does not fit its type. Use 'try_' functions to tolerate "
                            + "overflow and return NULL instead. If necessary set \"ansi_mode\" to \"false\" to bypass "
                            + "this error."),
            rule(
                    "conversion error.*(decimal|out of range|can't be cast because the value is out of range|int)",
                    "CAST_OVERFLOW",
                    "22003",
                    "A value cannot be cast to the wanted type due to an overflow. Use `try_cast` to tolerate overflow "
                            + "and return NULL instead."),
            rule(
                    "not null constraint failed",
                    "DELTA_NOT_NULL_CONSTRAINT_VIOLATED",
                    "23502",
                    "NOT NULL constraint violated for a column."),
            rule(
                    "must appear in the group by clause|must be part of",
                    "MISSING_AGGREGATION",
                    "42803",
                    "A non-aggregating expression is based on columns which are not participating in the GROUP BY "
                            + "clause. Add the columns or the expression to the GROUP BY, aggregate the expression, or "
                            + "use \"any_value\" if you do not care which of the values within a group is returned."),
            rule(
                    "more than one row returned by a subquery",
                    "SCALAR_SUBQUERY_TOO_MANY_ROWS",
                    "21000",
                    "More than one row returned by a subquery used as an expression."),
            rule(
                    "transaction conflict|conflict on",
                    "DELTA_CONCURRENT_WRITE",
                    "2D521",
                    "ConcurrentWriteException: a concurrent transaction has written new data since the current transaction "
                            + "read the table."),
            rule(
                    "out of memory",
                    "RESOURCE_EXHAUSTED",
                    "53200",
                    "The statement needs more memory than the local workspace gives to its engine."));

    private DuckErrors() {}

    private static Rule rule(String pattern, String errorClass, String state, String text) {
        return new Rule(Pattern.compile(pattern, Pattern.DOTALL), errorClass, state, text);
    }

    static EngineException cancelled(@Nullable Throwable cause) {
        return create(CANCELED, "HY008", "Operation has been canceled.", cause);
    }

    /** A query failed before its first row, and did not fail again when it was asked why. */
    static EngineException unexplained(@Nullable Throwable cause) {
        return create(
                "INTERNAL_ERROR",
                "XX000",
                "The query failed before its first row and the engine of the local workspace did not tell why in the"
                        + " time that the failed run took. Run it again, or run a part of it.",
                cause);
    }

    static EngineException translate(Throwable failure) {
        if (failure instanceof EngineException done) {
            return done;
        }
        String message = String.valueOf(failure.getMessage());
        Matcher ours = OURS.matcher(message);
        if (ours.find()) {
            return new EngineException(ours.group(1), ours.group(2), ours.group(), failure);
        }
        String lower = message.toLowerCase(Locale.ROOT);
        for (Rule rule : RULES) {
            if (rule.pattern().matcher(lower).find()) {
                return create(rule.errorClass(), rule.state(), rule.text(), failure);
            }
        }
        return create(
                "UNSUPPORTED_FEATURE.LOCAL_WORKSPACE",
                "0A000",
                "The feature is not supported: the engine of the local workspace refused the statement: " + message
                        + " Run it on a Databricks workspace.",
                failure);
    }

    private static EngineException create(String errorClass, String state, String text, @Nullable Throwable cause) {
        return new EngineException(errorClass, state, "[" + errorClass + "] " + text + " SQLSTATE: " + state, cause);
    }
}
