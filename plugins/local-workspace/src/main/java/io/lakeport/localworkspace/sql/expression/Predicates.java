package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.PredicateContext;
import org.jspecify.annotations.Nullable;

/** Comparisons and the predicates that follow a value: IN, LIKE, BETWEEN, IS. */
final class Predicates {
    private final ExpressionTranslator expressions;

    Predicates(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    static Expr comparison(String operator, Expr l, Expr r) {
        List<Expr> sides = sides(operator, l, r);
        String a = sides.get(0).sql();
        String b = sides.get(1).sql();
        boolean nullable = l.nullable() || r.nullable();
        return switch (operator) {
            case "<=>" ->
                bool(
                        "(" + a + " IS NOT DISTINCT FROM " + b + ")",
                        false,
                        "(" + l.pretty() + " <=> " + r.pretty() + ")");
            case "!=", "<>" ->
                bool("(" + a + " <> " + b + ")", nullable, "(NOT (" + l.pretty() + " = " + r.pretty() + "))");
            default -> {
                String op = operator.equals("==") ? "=" : operator;
                yield bool(
                        "(" + a + " " + op + " " + b + ")",
                        nullable,
                        "(" + l.pretty() + " " + op + " " + r.pretty() + ")");
            }
        };
    }

    private static List<Expr> sides(String op, Expr l, Expr r) {
        SqlType common = Coercion.common(l.type(), r.type());
        if (common == null || common.is(Kind.MAP)) {
            throw SqlErrors.of(
                    "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
                    "42K09",
                    "Cannot resolve \"(" + l.pretty() + " " + op + " " + r.pretty()
                            + ")\" due to data type mismatch: the left and right operands of the binary operator have "
                            + "incompatible types (\"" + l.type().text() + "\" and \""
                            + r.type().text() + "\").");
        }
        return List.of(Coercion.to(l, common), Coercion.to(r, common));
    }

    static Expr bool(String sql, boolean nullable, String pretty) {
        return Expr.of(sql, SqlType.BOOLEAN, nullable, pretty);
    }

    static Expr not(Expr e) {
        return bool("(NOT " + e.sql() + ")", e.nullable(), "(NOT " + e.pretty() + ")");
    }

    Expr apply(Expr value, PredicateContext ctx) {
        Expr plain = switch (ctx.kind.getText().toUpperCase(Locale.ROOT)) {
            case "BETWEEN" -> between(value, ctx);
            case "IN" -> ctx.query() == null ? inList(value, ctx) : inQuery(value, ctx);
            case "RLIKE", "REGEXP" -> rlike(value, expressions.value(ctx.pattern));
            case "LIKE", "ILIKE" -> ctx.quantifier == null ? like(value, ctx) : likeMany(value, ctx);
            case "NULL" -> bool("(" + value.sql() + " IS NULL)", false, "(" + value.pretty() + " IS NULL)");
            case "DISTINCT" -> not(comparison("<=>", value, expressions.value(ctx.right)));
            default -> isBoolean(value, ctx.kind.getText().toUpperCase(Locale.ROOT));
        };
        return ctx.errorCapturingNot() == null ? plain : negated(plain, value, ctx);
    }

    private static Expr negated(Expr plain, Expr value, PredicateContext ctx) {
        return switch (ctx.kind.getText().toUpperCase(Locale.ROOT)) {
            case "NULL" -> bool("(" + value.sql() + " IS NOT NULL)", false, "(" + value.pretty() + " IS NOT NULL)");
            case "DISTINCT" -> {
                String inner = plain.pretty();
                yield bool("(NOT " + plain.sql() + ")", false, inner.substring(5, inner.length() - 1));
            }
            case "LIKE", "ILIKE" -> ctx.quantifier == null ? not(plain) : plain;
            default -> not(plain);
        };
    }

    private Expr between(Expr value, PredicateContext ctx) {
        Expr low = expressions.value(ctx.lower);
        Expr high = expressions.value(ctx.upper);
        Expr from = comparison(">=", value, low);
        Expr to = comparison("<=", value, high);
        String pretty = "between(" + value.pretty() + ", " + low.pretty() + ", " + high.pretty() + ")";
        return bool("(" + from.sql() + " AND " + to.sql() + ")", from.nullable() || to.nullable(), pretty);
    }

    private Expr inList(Expr value, PredicateContext ctx) {
        List<Expr> items = ctx.expression().stream().map(expressions::translate).collect(Collectors.toList());
        items.add(0, value);
        List<Expr> all = Coercion.unify("in", items);
        String list = all.stream().skip(1).map(Expr::sql).collect(Collectors.joining(", "));
        String pretty = items.stream().skip(1).map(Expr::pretty).collect(Collectors.joining(", "));
        boolean nullable = items.stream().anyMatch(Expr::nullable);
        return bool(
                "(" + all.get(0).sql() + " IN (" + list + "))",
                nullable,
                "(" + value.pretty() + " IN (" + pretty + "))");
    }

    private Expr inQuery(Expr value, PredicateContext ctx) {
        String query = expressions.subquery(ctx.query()).sql();
        return bool("(" + value.sql() + " IN (" + query + "))", true, "(" + value.pretty() + " IN (listquery()))");
    }

    static Expr rlike(Expr value, Expr pattern) {
        String sql = "lpj_rlike(" + Coercion.to(value, SqlType.STRING).sql() + ", "
                + Coercion.to(pattern, SqlType.STRING).sql() + ")";
        return bool(
                sql, value.nullable() || pattern.nullable(), "RLIKE(" + value.pretty() + ", " + pattern.pretty() + ")");
    }

    private Expr like(Expr value, PredicateContext ctx) {
        String escape = ctx.escapeChar == null ? null : expressions.literals().string(ctx.escapeChar);
        return like(value, expressions.value(ctx.pattern), ctx.kind.getText(), escape);
    }

    private static Expr like(Expr value, Expr pattern, String kind, @Nullable String escape) {
        String op = kind.toUpperCase(Locale.ROOT);
        String sql = "(" + Coercion.to(value, SqlType.STRING).sql() + " " + op + " "
                + Coercion.to(pattern, SqlType.STRING).sql() + " ESCAPE "
                + Identifiers.literal(escape == null ? "\\" : escape) + ")";
        String pretty = op.equals("LIKE")
                ? value.pretty() + " LIKE " + pattern.pretty() + (escape == null ? "" : " ESCAPE '" + escape + "'")
                : "ilike(" + value.pretty() + ", " + pattern.pretty() + ")";
        return bool(sql, value.nullable() || pattern.nullable(), pretty);
    }

    private Expr likeMany(Expr value, PredicateContext ctx) {
        boolean all = ctx.quantifier.getText().equalsIgnoreCase("ALL");
        List<Expr> parts = ctx.expression().stream()
                .map(p -> like(value, expressions.translate(p), ctx.kind.getText(), null))
                .toList();
        String sql = parts.stream().map(Expr::sql).collect(Collectors.joining(all ? " AND " : " OR ", "(", ")"));
        boolean not = ctx.errorCapturingNot() != null;
        if (not) {
            // NOT stands before each comparison, not before the whole.
            sql = parts.stream()
                    .map(p -> "(NOT " + p.sql() + ")")
                    .collect(Collectors.joining(all ? " AND " : " OR ", "(", ")"));
        }
        String pretty = (not ? "not" : "") + (all ? "likeall(" : "likeany(") + value.pretty() + ")";
        return bool(sql, true, pretty);
    }

    static void requireBooleans(String operator, Expr l, Expr r) {
        if (isTruth(l) && isTruth(r)) {
            return;
        }
        throw SqlErrors.of(
                "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
                "42K09",
                "Cannot resolve \"(" + l.pretty() + " " + operator.toUpperCase(Locale.ROOT) + " " + r.pretty()
                        + ")\" due to data type mismatch: the left and right operands of the binary operator have "
                        + "incompatible types (\"" + l.type().text() + "\" and \""
                        + r.type().text() + "\").");
    }

    private static boolean isTruth(Expr e) {
        return e.type().is(Kind.BOOLEAN) || Primaries.isText(e);
    }

    private static Expr isBoolean(Expr value, String what) {
        Expr b = Coercion.to(value, SqlType.BOOLEAN);
        if (what.equals("UNKNOWN")) {
            return bool("(" + b.sql() + " IS NULL)", false, "(" + value.pretty() + " IS NULL)");
        }
        return bool(
                "(" + b.sql() + " IS NOT DISTINCT FROM " + what + ")",
                false,
                "(" + value.pretty() + " <=> " + what.toLowerCase(Locale.ROOT) + ")");
    }
}
