package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.ExpressionTranslator;
import io.lakeport.localworkspace.sql.expression.WindowSpecs;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.SortItemContext;

/** ORDER BY, LIMIT and OFFSET. */
final class Organization {
    private final ExpressionTranslator expressions;
    private final List<Query.Output> columns;
    private final boolean distinct;

    Organization(ExpressionTranslator expressions, List<Query.Output> columns) {
        this(expressions, columns, false);
    }

    /** {@code distinct} says that only what the select list has can order its rows. */
    Organization(ExpressionTranslator expressions, List<Query.Output> columns, boolean distinct) {
        this.expressions = expressions;
        this.columns = columns;
        this.distinct = distinct;
    }

    String sql(SqlBaseParser.QueryOrganizationContext ctx, boolean windowAllowed) {
        StringBuilder sql = new StringBuilder();
        if (windowAllowed && ctx.windowClause() != null) {
            sql.append(new WindowSpecs(expressions).clause(ctx.windowClause()));
        }
        List<String> keys = new ArrayList<>();
        for (SortItemContext item : ctx.order.isEmpty() ? ctx.sort : ctx.order) {
            keys.addAll(keys(item));
        }
        for (SqlBaseParser.ExpressionContext e : ctx.clusterBy) {
            keys.add(expressions.translate(e).sql() + " ASC NULLS FIRST");
        }
        sql.append(keys.isEmpty() ? "" : " ORDER BY " + String.join(", ", keys));
        if (ctx.limit != null) {
            sql.append(" LIMIT ").append(count("limit", ctx.limit));
        }
        if (ctx.offset != null) {
            sql.append(" OFFSET ").append(count("offset", ctx.offset));
        }
        return sql.toString();
    }

    private String count(String clause, SqlBaseParser.ExpressionContext ctx) {
        Expr e = expressions.translate(ctx);
        if (!e.type().kind().isIntegral() && !e.type().is(Kind.VOID)) {
            throw SqlErrors.of(
                    "INVALID_LIMIT_LIKE_EXPRESSION.DATA_TYPE",
                    "42K0E",
                    "The limit like expression \"" + e.pretty() + "\" is invalid: The " + clause
                            + " expression must be integer type, but got \""
                            + e.type().text() + "\".");
        }
        if (e.constant() instanceof Number n && n.longValue() < 0) {
            throw SqlErrors.of(
                    "INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE",
                    "42K0E",
                    "The limit like expression \"" + e.pretty() + "\" is invalid: The " + clause
                            + " expression must be equal to or greater than 0, but got " + n + ".");
        }
        return e.sql();
    }

    private List<String> keys(SortItemContext item) {
        String direction = WindowSpecs.direction(item);
        String text = item.expression().getText();
        if (text.equalsIgnoreCase("ALL") && expressions.scope().find(List.of("all")) == null) {
            List<String> all = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                all.add(i + direction);
            }
            return all;
        }
        if (!text.isEmpty() && text.chars().allMatch(Character::isDigit)) {
            return List.of(position(Integer.parseInt(text)) + direction);
        }
        int output = output(Identifiers.unquote(text));
        if (output > 0 && columns.get(output - 1).type().is(Kind.MAP)) {
            return List.of(expression(item) + direction);
        }
        return List.of((output > 0 ? String.valueOf(output) : expression(item)) + direction);
    }

    private String expression(SortItemContext item) {
        Expr e = expressions.translate(item.expression());
        if (e.type().is(Kind.MAP)) {
            throw SqlErrors.of(
                    "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                    "42K09",
                    "Cannot resolve \"" + e.pretty() + "\" due to data type mismatch: The `sortorder` does not support "
                            + "ordering on type \"" + e.type().text() + "\".");
        }
        if (distinct
                && e.constant() == null
                && e.name().equals(e.pretty())
                && e.sql().endsWith("\"")) {
            throw SqlErrors.columnNotFound(
                    List.of(e.name()), columns.stream().map(Query.Output::name).toList());
        }
        // DuckDB would read a number as a position and refuses other constants; neither orders anything.
        return e.constant() == null ? e.sql() : "(" + e.sql() + " IS NULL)";
    }

    private int position(int position) {
        if (position < 1 || position > columns.size()) {
            throw SqlErrors.of(
                    "ORDER_BY_POS_OUT_OF_RANGE",
                    "42805",
                    "ORDER BY position " + position + " is not in select list (valid range is [1, " + columns.size()
                            + "]).");
        }
        return position;
    }

    /** Returns the position of the only output column of that name, or 0. */
    private int output(String name) {
        int found = 0;
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                if (found > 0) {
                    return 0;
                }
                found = i + 1;
            }
        }
        return found;
    }
}
