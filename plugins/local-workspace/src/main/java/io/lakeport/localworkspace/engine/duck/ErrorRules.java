package io.lakeport.localworkspace.engine.duck;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which of Databricks' error classes a message of DuckDB's means; the first rule that matches holds. */
final class ErrorRules {
    /** One rule: the pattern is looked for in the message in lower case. */
    record Rule(Pattern pattern, String errorClass, String state, String text) {}

    private static final List<Rule> RULES = List.of(
            rule("interrupt", "OPERATION_CANCELED", "HY008", "Operation has been canceled."),
            rule(
                    "date out of range: |invalid (date|time|timestamp) (field|value)",
                    "DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION",
                    "22023",
                    "A field of a date or time is out of its bounds."),
            rule(
                    "(date|timestamp|time).{0,40}out of range|out of range.{0,40}(date|timestamp)",
                    "DATETIME_OVERFLOW",
                    "22008",
                    "Datetime operation overflow."),
            rule(
                    "could not convert string|could not parse|invalid unicode",
                    "CAST_INVALID_INPUT",
                    "22018",
                    "A value of the type \"STRING\" cannot be cast to the wanted type because it is malformed. Correct the "
                            + "value as per the syntax, or change its target type. Use `try_cast` to tolerate malformed "
                            + "input and return NULL instead."),
            rule(
                    "invalid input for hex digit|base64",
                    "CONVERSION_INVALID_INPUT",
                    "22018",
                    "A value cannot be converted to \"BINARY\" because it is malformed."),
            rule(
                    "out of range error.*(add|subtract|multipl)\\w* of int(8|16)\\b",
                    "BINARY_ARITHMETIC_OVERFLOW",
                    "22003",
                    "The result of an operator caused overflow. Use the corresponding 'try_' function to tolerate overflow"
                            + " and return NULL instead."),
            rule(
                    "(overflow|out of range).{0,60}(int128|hugeint|decimal)|cast value.{0,60} to decimal",
                    "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
                    "22003",
                    "A number cannot be represented in its DECIMAL type. If necessary set \"ansi_mode\" to \"false\" to "
                            + "bypass this error, and return NULL instead."),
            rule(
                    "type int128 with value .* to the destination type int64|int128 .*out of range.*int64",
                    "ARITHMETIC_OVERFLOW",
                    "22003",
                    "The sum overflows its type. Use 'try_sum' to tolerate overflow and return NULL instead."),
            rule("map keys can not be null", "NULL_MAP_KEY", "2200E", "Cannot use null as map key."),
            rule(
                    "map keys must be unique",
                    "DUPLICATED_MAP_KEY",
                    "23505",
                    "Duplicate map key was found, please check the input data. If you want to remove the duplicated keys, "
                            + "you can set \"spark.sql.mapKeyDedupPolicy\" to \"LAST_WIN\" so that the key inserted at "
                            + "last takes precedence."),
            rule(
                    "out of range error.*(add|subtract|multipl|negat|overflow|cannot be cast|sum)|overflow in",
                    "ARITHMETIC_OVERFLOW",
                    "22003",
                    "The result of an arithmetic operation does not fit its type. Use 'try_' functions to tolerate "
                            + "overflow and return NULL instead. If necessary set \"ansi_mode\" to \"false\" to bypass "
                            + "this error."),
            rule(
                    "conversion error.*(decimal|out of range|int)",
                    "CAST_OVERFLOW",
                    "22003",
                    "A value cannot be cast to the wanted type due to an overflow. Use `try_cast` to tolerate overflow "
                            + "and return NULL instead."),
            rule(
                    "^conversion error",
                    "CAST_INVALID_INPUT",
                    "22018",
                    "A value cannot be cast to the wanted type because it is malformed. Use `try_cast` to tolerate "
                            + "malformed input and return NULL instead."),
            rule("^out of range error", "ARITHMETIC_OVERFLOW", "22003", "A value does not fit its type."),
            rule(
                    "missing [)\\]]|invalid escape sequence|(no argument for|bad) repetition operator"
                            + "|invalid perl operator|character class|unexpected \\)",
                    "INVALID_PARAMETER_VALUE.PATTERN",
                    "22023",
                    "A regular expression is malformed."),
            rule(
                    "malformed json",
                    "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
                    "22023",
                    "A JSON text is malformed."),
            rule(
                    "not null constraint failed",
                    "DELTA_NOT_NULL_CONSTRAINT_VIOLATED",
                    "23502",
                    "NOT NULL constraint violated for a column."),
            rule(
                    "where clause cannot contain",
                    "INVALID_WHERE_CONDITION",
                    "42903",
                    "The WHERE condition contains aggregate functions, window functions or generators; put them into a "
                            + "subquery, HAVING or QUALIFY."),
            rule(
                    "aggregate function calls cannot be nested|cannot nest aggregate",
                    "NESTED_AGGREGATE_FUNCTION",
                    "42607",
                    "It is not allowed to use an aggregate function in the argument of another aggregate function. "
                            + "Please use the inner aggregate function in a sub-query."),
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
                    "no function matches|cannot compare values|cannot mix values|cannot cast types",
                    "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                    "42K09",
                    "An expression cannot be resolved due to data type mismatch."),
            rule(
                    "referenced (column|table) .* not found",
                    "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION",
                    "42703",
                    "A column, variable, or function parameter cannot be resolved where it is used."),
            rule(
                    "(table|view) with name .* does not exist",
                    "TABLE_OR_VIEW_NOT_FOUND",
                    "42P01",
                    "A table or view cannot be found. It may have been dropped meanwhile."),
            rule(
                    "already exists",
                    "TABLE_OR_VIEW_ALREADY_EXISTS",
                    "42P07",
                    "A table or view of that name already exists. It may have been created meanwhile."),
            rule("no files found|cannot open file", "PATH_NOT_FOUND", "42K03", "Path does not exist."),
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

    private ErrorRules() {}

    private static Rule rule(String pattern, String errorClass, String state, String text) {
        return new Rule(Pattern.compile(pattern, Pattern.DOTALL), errorClass, state, text);
    }

    /** Returns the rule for a message in lower case, {@code null} when there is none. */
    static @Nullable Rule of(String message) {
        for (Rule rule : RULES) {
            if (rule.pattern().matcher(message).find()) {
                return rule;
            }
        }
        return null;
    }
}
