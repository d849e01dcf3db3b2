package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** What Spark demands of a function over a window, where DuckDB would do without. */
final class WindowRules {
    private static final Set<String> ORDERED =
            Set.of("row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead");

    private WindowRules() {}

    static void check(SqlBaseParser.FunctionCallContext ctx, WindowSpecs.@Nullable Window over) {
        if (over == null) {
            return;
        }
        String name = ctx.functionName().getText().toLowerCase(Locale.ROOT);
        if (ORDERED.contains(name) && !over.pretty().contains("ORDER BY ")) {
            throw SqlErrors.of(
                    "WINDOW_FUNCTION_FRAME_NOT_ORDERED",
                    "42601",
                    "Window function " + name + "() requires window to be ordered. Please add an ORDER BY clause. For "
                            + "example: SELECT " + name + "() OVER (PARTITION BY window_partition ORDER BY "
                            + "window_ordering) FROM table.");
        }
        if (ctx.setQuantifier() != null && ctx.setQuantifier().DISTINCT() != null) {
            throw SqlErrors.of(
                    "DISTINCT_WINDOW_FUNCTION_UNSUPPORTED",
                    "0A000",
                    "Distinct window functions are not supported: " + name + ".");
        }
    }
}
