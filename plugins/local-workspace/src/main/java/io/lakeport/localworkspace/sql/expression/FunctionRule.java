package io.lakeport.localworkspace.sql.expression;

import java.util.List;

/**
 * One line of the functions table: a signature, its result, and the DuckDB SQL that computes it.
 *
 * @param label how Spark names the function in columns
 * @param parameters what each argument must be or become; the last may repeat
 * @param repeats whether the last parameter may stand any number of times
 * @param required how many arguments there must be
 * @param result how the result type follows from the arguments
 * @param nullable {@code null} when the result is NULL exactly when an argument may be
 * @param template SQL with {@code {1}}, {@code {*}}, {@code {d}} and {@code {w}} in it
 */
record FunctionRule(
        String label,
        List<String> parameters,
        boolean repeats,
        int required,
        String result,
        @org.jspecify.annotations.Nullable Boolean nullable,
        String template) {

    FunctionRule {
        parameters = List.copyOf(parameters);
    }

    boolean takes(int arguments) {
        return arguments >= required && (repeats || arguments <= parameters.size());
    }

    String parameter(int index) {
        return parameters.get(Math.min(index, parameters.size() - 1));
    }

    boolean isAggregateOrWindow() {
        return template.contains("{w");
    }
}
