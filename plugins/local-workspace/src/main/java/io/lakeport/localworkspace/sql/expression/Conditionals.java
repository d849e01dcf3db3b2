package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** CASE and its functional forms. */
final class Conditionals {
    private Conditionals() {}

    static Expr searched(ExpressionTranslator expressions, SqlBaseParser.SearchedCaseContext ctx) {
        List<Expr> conditions = new ArrayList<>();
        for (SqlBaseParser.WhenClauseContext when : ctx.whenClause()) {
            conditions.add(Coercion.to(expressions.translate(when.condition), SqlType.BOOLEAN));
        }
        Expr otherwise = ctx.elseExpression == null ? null : expressions.translate(ctx.elseExpression);
        return of(conditions, results(expressions, ctx.whenClause()), otherwise);
    }

    static Expr simple(ExpressionTranslator expressions, SqlBaseParser.SimpleCaseContext ctx) {
        Expr value = expressions.translate(ctx.value);
        List<Expr> conditions = new ArrayList<>();
        for (SqlBaseParser.WhenClauseContext when : ctx.whenClause()) {
            conditions.add(Predicates.comparison("=", value, expressions.translate(when.condition)));
        }
        Expr otherwise = ctx.elseExpression == null ? null : expressions.translate(ctx.elseExpression);
        return of(conditions, results(expressions, ctx.whenClause()), otherwise);
    }

    private static List<Expr> results(ExpressionTranslator expressions, List<SqlBaseParser.WhenClauseContext> clauses) {
        return clauses.stream().map(w -> expressions.translate(w.result)).toList();
    }

    static Expr of(List<Expr> conditions, List<Expr> results, @Nullable Expr otherwise) {
        List<Expr> all = new ArrayList<>(results);
        if (otherwise != null) {
            all.add(otherwise);
        }
        List<Expr> unified = Coercion.unify("casewhen", all);
        StringBuilder sql = new StringBuilder("(CASE");
        StringBuilder pretty = new StringBuilder("CASE");
        for (int i = 0; i < conditions.size(); i++) {
            sql.append(" WHEN ").append(conditions.get(i).sql());
            sql.append(" THEN ").append(unified.get(i).sql());
            pretty.append(" WHEN ").append(conditions.get(i).pretty());
            pretty.append(" THEN ").append(results.get(i).pretty());
        }
        if (otherwise != null) {
            sql.append(" ELSE ").append(unified.get(results.size()).sql());
            pretty.append(" ELSE ").append(otherwise.pretty());
        }
        boolean nullable = otherwise == null || all.stream().anyMatch(Expr::nullable);
        return Expr.of(sql.append(" END)").toString(), unified.get(0).type(), nullable, pretty + " END");
    }

    static Expr choose(Expr condition, Expr yes, Expr no) {
        Expr e = of(List.of(Coercion.to(condition, SqlType.BOOLEAN)), List.of(yes), no);
        String pretty = "(IF(" + condition.pretty() + ", " + yes.pretty() + ", " + no.pretty() + "))";
        return Expr.of(e.sql(), e.type(), e.nullable(), pretty);
    }
}
