package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.SortItemContext;
import org.jspecify.annotations.Nullable;

/** Window specifications and sort orders. */
public final class WindowSpecs {
    /** A specification as DuckDB reads it and as Spark names it. */
    record Window(String sql, String pretty) {}

    private final ExpressionTranslator expressions;

    public WindowSpecs(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    Window of(SqlBaseParser.WindowSpecContext ctx) {
        if (ctx instanceof SqlBaseParser.WindowRefContext ref) {
            String name = Identifiers.unquote(ref.name.getText());
            SqlBaseParser.WindowDefContext definition = definition(ref, name);
            String pretty = definition == null ? name : of(definition).pretty();
            return new Window(Identifiers.duck(name), pretty);
        }
        return of((SqlBaseParser.WindowDefContext) ctx);
    }

    /** Returns the definition of a named window in the query around its use. */
    private static SqlBaseParser.@Nullable WindowDefContext definition(ParserRuleContext use, String name) {
        for (ParserRuleContext at = use; at != null; at = at.getParent()) {
            SqlBaseParser.WindowClauseContext clause =
                    at instanceof SqlBaseParser.RegularQuerySpecificationContext query
                            ? query.windowClause()
                            : at instanceof SqlBaseParser.QueryContext query
                                    ? query.queryOrganization().windowClause()
                                    : null;
            for (SqlBaseParser.NamedWindowContext w :
                    clause == null ? List.<SqlBaseParser.NamedWindowContext>of() : clause.namedWindow()) {
                boolean same = Identifiers.unquote(w.name.getText()).equalsIgnoreCase(name);
                if (same && w.windowSpec() instanceof SqlBaseParser.WindowDefContext definition) {
                    return definition;
                }
            }
        }
        return null;
    }

    private Window of(SqlBaseParser.WindowDefContext ctx) {
        StringBuilder sql = new StringBuilder("(");
        StringBuilder pretty = new StringBuilder("(");
        if (!ctx.partition.isEmpty()) {
            List<Expr> by = expressions.all(ctx.partition);
            sql.append("PARTITION BY ")
                    .append(join(by.stream().map(Expr::sql).toList()))
                    .append(' ');
            pretty.append("PARTITION BY ")
                    .append(join(by.stream().map(Expr::pretty).toList()))
                    .append(' ');
        }
        boolean ordered = !ctx.sortItem().isEmpty();
        if (ordered) {
            List<Window> items = ctx.sortItem().stream().map(this::sort).toList();
            sql.append("ORDER BY ")
                    .append(join(items.stream().map(Window::sql).toList()))
                    .append(' ');
            pretty.append("ORDER BY ")
                    .append(join(items.stream().map(Window::pretty).toList()))
                    .append(' ');
        }
        Window frame = ctx.windowFrame() == null ? defaultFrame(ordered) : frame(ctx.windowFrame());
        return new Window(sql + frame.sql() + ")", pretty + frame.pretty() + ")");
    }

    private static Window defaultFrame(boolean ordered) {
        String pretty = ordered
                ? "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
                : "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING";
        return new Window("", pretty);
    }

    private Window frame(SqlBaseParser.WindowFrameContext ctx) {
        String type = ctx.frameType.getText().toUpperCase(Locale.ROOT);
        Window start = bound(ctx.start);
        Window end = ctx.end == null ? new Window("CURRENT ROW", "CURRENT ROW") : bound(ctx.end);
        return new Window(
                type + " BETWEEN " + start.sql() + " AND " + end.sql(),
                type + " BETWEEN " + start.pretty() + " AND " + end.pretty());
    }

    private Window bound(SqlBaseParser.FrameBoundContext ctx) {
        if (ctx.expression() == null) {
            String text = ctx.UNBOUNDED() != null
                    ? "UNBOUNDED " + ctx.boundType.getText().toUpperCase(Locale.ROOT)
                    : "CURRENT ROW";
            return new Window(text, text);
        }
        Expr by = expressions.translate(ctx.expression());
        String direction = " " + ctx.boundType.getText().toUpperCase(Locale.ROOT);
        String sql = switch (by.type().kind()) {
            case INTERVAL_YM -> "to_months(" + by.sql() + ")";
            case INTERVAL_DT -> "to_microseconds(" + by.sql() + ")";
            default -> by.sql();
        };
        return new Window(sql + direction, by.pretty() + direction);
    }

    private Window sort(SortItemContext item) {
        Expr e = expressions.translate(item.expression());
        return new Window(e.sql() + direction(item), e.pretty() + direction(item));
    }

    /** Returns direction and null order, both spelt out; NULLs are first when ascending. */
    public static String direction(SortItemContext item) {
        boolean descending = item.ordering != null && item.ordering.getText().equalsIgnoreCase("DESC");
        String nulls = item.nullOrder != null
                ? item.nullOrder.getText().toUpperCase(Locale.ROOT)
                : descending ? "LAST" : "FIRST";
        return (descending ? " DESC" : " ASC") + " NULLS " + nulls;
    }

    /** Returns the definitions of a WINDOW clause. */
    public String clause(SqlBaseParser.WindowClauseContext ctx) {
        return ctx.namedWindow().stream()
                .map(w -> Identifiers.duck(Identifiers.unquote(w.name.getText())) + " AS "
                        + of(w.windowSpec()).sql())
                .collect(Collectors.joining(", ", " WINDOW ", ""));
    }

    private static String join(List<String> parts) {
        return String.join(", ", parts);
    }
}
