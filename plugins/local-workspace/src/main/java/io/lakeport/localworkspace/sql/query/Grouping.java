package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.ExpressionTranslator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.ExpressionContext;

/** GROUP BY: expressions, positions, aliases, ALL, and grouping sets. */
final class Grouping {
    private final ExpressionTranslator expressions;
    private final List<Expr> items;

    Grouping(ExpressionTranslator expressions, List<Expr> items) {
        this.expressions = expressions;
        this.items = items;
    }

    /** Whether a group may leave keys out, so that they are NULL. */
    static boolean hasSets(SqlBaseParser.AggregationClauseContext ctx) {
        return ctx.kind != null || ctx.groupByClause().stream().anyMatch(c -> c.groupingAnalytics() != null);
    }

    /** grouping() tells which keys a set left out; without sets there is nothing to tell. */
    static void requireSets(ParseTree query, SqlBaseParser.AggregationClauseContext ctx) {
        if (!hasSets(ctx) && query instanceof SqlBaseParser.RegularQuerySpecificationContext select) {
            String list = select.selectClause().getText().toLowerCase(Locale.ROOT);
            if (list.matches("(?s).*grouping(_id)?\\(.*")) {
                throw SqlErrors.of(
                        "UNSUPPORTED_GROUPING_EXPRESSION",
                        "42K0E",
                        "grouping()/grouping_id() can only be used with GroupingSets/Cube/Rollup.");
            }
        }
    }

    static List<Query.Output> nullable(List<Query.Output> columns) {
        return columns.stream()
                .map(c -> new Query.Output(c.name(), c.label(), c.type(), true))
                .toList();
    }

    String sql(SqlBaseParser.AggregationClauseContext ctx) {
        if (!ctx.groupingExpressionsWithGroupingAnalytics.isEmpty()) {
            List<SqlBaseParser.GroupByClauseContext> parts = ctx.groupingExpressionsWithGroupingAnalytics;
            if (parts.size() == 1 && isAll(parts.get(0))) {
                return " GROUP BY ALL";
            }
            return " GROUP BY " + parts.stream().map(this::part).collect(Collectors.joining(", "));
        }
        String list =
                ctx.groupingExpressions.stream().map(e -> key(e.expression())).collect(Collectors.joining(", "));
        if (ctx.kind == null) {
            return " GROUP BY " + list;
        }
        String kind = ctx.kind.getText().toUpperCase(Locale.ROOT);
        if (kind.equals("GROUPING")) {
            return " GROUP BY GROUPING SETS (" + sets(ctx.groupingSet()) + ")";
        }
        return " GROUP BY " + kind + " (" + list + ")";
    }

    private boolean isAll(SqlBaseParser.GroupByClauseContext part) {
        return part.getText().equalsIgnoreCase("ALL") && expressions.scope().find(List.of("all")) == null;
    }

    private String part(SqlBaseParser.GroupByClauseContext ctx) {
        return ctx.groupingAnalytics() == null ? key(ctx.expression()) : analytics(ctx.groupingAnalytics());
    }

    private String analytics(SqlBaseParser.GroupingAnalyticsContext ctx) {
        if (ctx.ROLLUP() != null || ctx.CUBE() != null) {
            return (ctx.ROLLUP() != null ? "ROLLUP" : "CUBE") + " (" + sets(ctx.groupingSet()) + ")";
        }
        return ctx.groupingElement().stream()
                .map(e -> e.groupingSet() == null ? analytics(e.groupingAnalytics()) : set(e.groupingSet()))
                .collect(Collectors.joining(", ", "GROUPING SETS (", ")"));
    }

    private String sets(List<SqlBaseParser.GroupingSetContext> sets) {
        return sets.stream().map(this::set).collect(Collectors.joining(", "));
    }

    private String set(SqlBaseParser.GroupingSetContext ctx) {
        String list = ctx.expression().stream().map(this::key).collect(Collectors.joining(", "));
        return ctx.LEFT_PAREN() == null ? list : "(" + list + ")";
    }

    private String key(ExpressionContext ctx) {
        Expr e = resolve(ctx);
        if (e.constant() instanceof Number n && isPosition(ctx)) {
            int position = n.intValue();
            if (position < 1 || position > items.size()) {
                throw SqlErrors.of(
                        "GROUP_BY_POS_OUT_OF_RANGE",
                        "42805",
                        "GROUP BY position " + position + " is not in select list (valid range is [1, " + items.size()
                                + "]).");
            }
            e = items.get(position - 1);
        }
        // A number would be read as a position, and a constant groups nothing.
        return e.constant() != null ? "(" + e.sql() + " IS NULL)" : e.sql();
    }

    private Expr resolve(ExpressionContext ctx) {
        return expressions.translate(ctx);
    }

    private static boolean isPosition(ParserRuleContext ctx) {
        return ctx.getText().chars().allMatch(Character::isDigit);
    }
}
