package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Column;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.ExpressionTranslator;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.expression.Unwrap;
import io.lakeport.localworkspace.sql.expression.WindowSpecs;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.NamedExpressionContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.RegularQuerySpecificationContext;
import org.jspecify.annotations.Nullable;

/** Translates one SELECT. */
final class SelectTranslator {
    private final StatementScope statement;
    private final Ctes ctes;
    private final @Nullable Scope outer;

    SelectTranslator(StatementScope statement, Ctes ctes, @Nullable Scope outer) {
        this.statement = statement;
        this.ctes = ctes;
        this.outer = outer;
    }

    Query translate(
            RegularQuerySpecificationContext ctx, SqlBaseParser.@Nullable QueryOrganizationContext organization) {
        Relations relations = new Relations(statement, ctes, outer);
        Relation from = ctx.fromClause() == null ? null : relations.from(ctx.fromClause());
        from = relations.lateralViews(from, ctx.lateralView());
        List<NamedExpressionContext> list =
                ctx.selectClause().namedExpressionSeq().namedExpression();
        Generators generators = new Generators(statement, ctes, outer);
        Generators.Result generated = generators.extract(from, list);
        from = generated.relation();

        Scope scope = new Scope(from == null ? List.of() : from.columns(), outer);
        ExpressionTranslator expressions = statement.expressions(scope, ctes);
        List<Expr> items = items(list, expressions, generated);
        StringBuilder sql = new StringBuilder("SELECT ");
        boolean distinct = ctx.selectClause().setQuantifier() != null
                && ctx.selectClause().setQuantifier().DISTINCT() != null;
        sql.append(distinct ? "DISTINCT " : "");
        List<Query.Output> columns = outputs(items);
        if (ctx.aggregationClause() != null && Grouping.hasSets(ctx.aggregationClause())) {
            columns = Grouping.nullable(columns);
        }
        sql.append(selectList(items, columns));
        sql.append(from == null ? "" : " FROM " + from.sql());
        sql.append(clauses(ctx, expressions, items));
        if (organization != null) {
            sql.append(new Organization(expressions, columns, distinct).sql(organization, true));
        }
        return new Query(sql.toString(), columns);
    }

    private String clauses(RegularQuerySpecificationContext ctx, ExpressionTranslator expressions, List<Expr> items) {
        StringBuilder sql = new StringBuilder();
        if (ctx.whereClause() != null) {
            // Aliases of the select list are not known here.
            Scope plain = new Scope(expressions.scope().columns(), outer);
            sql.append(" WHERE ")
                    .append(expressions
                            .in(plain)
                            .condition(ctx.whereClause().booleanExpression())
                            .sql());
        }
        if (ctx.aggregationClause() != null) {
            Grouping.requireSets(ctx, ctx.aggregationClause());
            sql.append(new Grouping(expressions, items).sql(ctx.aggregationClause()));
        }
        if (ctx.havingClause() != null) {
            sql.append(" HAVING ")
                    .append(expressions
                            .condition(ctx.havingClause().booleanExpression())
                            .sql());
        }
        if (ctx.windowClause() != null) {
            sql.append(new WindowSpecs(expressions).clause(ctx.windowClause()));
        }
        if (ctx.qualifyClause() != null) {
            sql.append(" QUALIFY ")
                    .append(expressions
                            .condition(ctx.qualifyClause().booleanExpression())
                            .sql());
        }
        return sql.toString();
    }

    private List<Expr> items(
            List<NamedExpressionContext> list, ExpressionTranslator expressions, Generators.Result generated) {
        List<Expr> items = new ArrayList<>();
        for (NamedExpressionContext item : list) {
            SqlBaseParser.StarContext star = Unwrap.find(item, SqlBaseParser.StarContext.class);
            List<Expr> produced = generated.items().get(item);
            if (produced != null) {
                items.addAll(produced);
            } else if (star != null) {
                items.addAll(Stars.expand(star, generated.visible(expressions.scope())));
            } else {
                Expr e = expressions.named(item);
                items.add(e);
                if (item.name != null) {
                    expressions.scope().alias(e.name(), e);
                }
            }
        }
        return items;
    }

    private static List<Query.Output> outputs(List<Expr> items) {
        List<String> labels = Query.labels(items.stream().map(Expr::name).toList());
        List<Query.Output> columns = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Expr e = items.get(i);
            columns.add(new Query.Output(e.name(), labels.get(i), e.type(), e.nullable()));
        }
        return columns;
    }

    private static String selectList(List<Expr> items, List<Query.Output> columns) {
        List<String> list = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            list.add(items.get(i).sql() + " AS "
                    + Identifiers.duck(columns.get(i).label()));
        }
        if (list.isEmpty()) {
            throw SqlErrors.unsupported("a SELECT without columns");
        }
        return String.join(", ", list);
    }

    /** Returns {@code SELECT *} of a relation. */
    static Query star(Relation relation) {
        List<Expr> items = relation.columns().stream()
                .filter(c -> !c.hidden())
                .map(Column::toExpr)
                .collect(Collectors.toList());
        List<Query.Output> columns = outputs(items);
        return new Query("SELECT " + selectList(items, columns) + " FROM " + relation.sql(), columns);
    }
}
