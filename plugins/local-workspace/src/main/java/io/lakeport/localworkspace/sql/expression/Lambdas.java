package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/** Higher-order functions. */
final class Lambdas {
    /** A translated lambda. */
    private record Lambda(List<String> names, Expr body) {
        String sql() {
            return "lambda " + names.stream().map(Identifiers::duck).collect(Collectors.joining(", ")) + ": "
                    + body.sql();
        }

        String pretty() {
            return "lambdafunction(" + body.pretty() + ", "
                    + names.stream().map(n -> "namedlambdavariable()").collect(Collectors.joining(", ")) + ")";
        }
    }

    private final ExpressionTranslator expressions;

    Lambdas(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    Expr call(String name, List<SqlBaseParser.FunctionArgumentContext> args) {
        Expr base = expressions.translate(args.get(0).expression());
        if (base.type().is(Kind.MAP)) {
            return onMap(name, base, args);
        }
        if (!base.type().is(Kind.ARRAY)) {
            throw SqlErrors.mismatch(name + "(" + base.pretty() + ")", "the first parameter must be an array or a map");
        }
        SqlType element = base.type().element();
        if (name.equals("aggregate") || name.equals("reduce")) {
            return aggregate(name, base, args);
        }
        if (name.equals("zip_with")) {
            throw SqlErrors.unsupported("the function zip_with");
        }
        Lambda f = lambda(args.get(1), List.of(element, SqlType.INT), false);
        String pretty = name + "(" + base.pretty() + ", " + f.pretty() + ")";
        return switch (name) {
            case "transform" -> transform(base, f, pretty);
            case "filter" ->
                Expr.of("list_filter(" + base.sql() + ", " + f.sql() + ")", base.type(), base.nullable(), pretty);
            case "exists", "any_match" ->
                Expr.of("lp_any(list_transform(" + base.sql() + ", " + f.sql() + "))", SqlType.BOOLEAN, true, pretty);
            default ->
                Expr.of("lp_all(list_transform(" + base.sql() + ", " + f.sql() + "))", SqlType.BOOLEAN, true, pretty);
        };
    }

    private static Expr transform(Expr base, Lambda f, String pretty) {
        SqlType type = SqlType.array(f.body().type());
        // Spark counts from 0, DuckDB from 1.
        String sql = f.names().size() == 1
                ? "list_transform(" + base.sql() + ", " + f.sql() + ")"
                : "list_transform(" + base.sql() + ", lambda "
                        + Identifiers.duck(f.names().get(0)) + ", lp_i: "
                        + f.body().sql().replace(Identifiers.duck(f.names().get(1)), "CAST(lp_i - 1 AS INTEGER)") + ")";
        return Expr.of(sql, type, base.nullable(), pretty);
    }

    private Expr aggregate(String name, Expr base, List<SqlBaseParser.FunctionArgumentContext> args) {
        Expr zero = expressions.translate(args.get(1).expression());
        Lambda merge = lambda(args.get(2), List.of(zero.type(), base.type().element()), true);
        if (!merge.body().type().equals(zero.type())) {
            zero = Coercion.to(zero, merge.body().type());
            merge = lambda(args.get(2), List.of(zero.type(), base.type().element()), true);
        }
        if (!zero.type().equals(base.type().element())) {
            throw SqlErrors.unsupported("the function " + name + " with a start of another type than the elements");
        }
        String sql = "list_reduce(" + base.sql() + ", " + merge.sql() + ", " + zero.sql() + ")";
        String pretty = name + "(" + base.pretty() + ", " + zero.pretty() + ", " + merge.pretty() + ", "
                + "lambdafunction(namedlambdavariable(), namedlambdavariable()))";
        Expr result = Expr.of(sql, zero.type(), true, pretty);
        if (args.size() < 4) {
            return result;
        }
        throw SqlErrors.unsupported("the function " + name + " with a finishing lambda");
    }

    private Expr onMap(String name, Expr base, List<SqlBaseParser.FunctionArgumentContext> args) {
        Lambda f = lambda(args.get(1), List.of(base.type().key(), base.type().value()), true);
        String k = Identifiers.duck(f.names().get(0));
        String v = Identifiers.duck(f.names().get(1));
        String body = f.body().sql().replace(k, "lp_e.key").replace(v, "lp_e.value");
        String entries = "map_entries(" + base.sql() + ")";
        String pretty = name + "(" + base.pretty() + ", " + f.pretty() + ")";
        SqlType key = base.type().key();
        SqlType value = base.type().value();
        return switch (name) {
            case "map_filter" ->
                Expr.of(
                        "map_from_entries(list_filter(" + entries + ", lambda lp_e: " + body + "))",
                        base.type(),
                        base.nullable(),
                        pretty);
            case "transform_values" ->
                Expr.of(
                        "map_from_entries(list_transform(" + entries
                                + ", lambda lp_e: struct_pack(key := lp_e.key, value := " + body + ")))",
                        SqlType.map(key, f.body().type()),
                        base.nullable(),
                        pretty);
            case "transform_keys" ->
                Expr.of(
                        "map_from_entries(list_transform(" + entries + ", lambda lp_e: struct_pack(key := " + body
                                + ", value := lp_e.value)))",
                        SqlType.map(f.body().type(), value),
                        base.nullable(),
                        pretty);
            default -> throw SqlErrors.mismatch(pretty, "the first parameter must be an array");
        };
    }

    private Lambda lambda(SqlBaseParser.FunctionArgumentContext ctx, List<SqlType> types, boolean allNames) {
        SqlBaseParser.LambdaContext lambda = Unwrap.lambda(ctx.expression());
        if (lambda == null) {
            throw SqlErrors.of(
                    "INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION",
                    "42K0D",
                    "Invalid lambda function call. A lambda function was expected, but " + ctx.getText()
                            + " was given.");
        }
        List<String> names = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < lambda.identifier().size(); i++) {
            String name = Identifiers.unquote(lambda.identifier(i).getText());
            names.add(name);
            columns.add(new Column(Column.LAMBDA, name, Identifiers.duck(name), types.get(i), true, false));
        }
        if (allNames && names.size() != types.size()) {
            throw SqlErrors.of(
                    "INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH",
                    "42K0D",
                    "Invalid lambda function call. A higher order function expects " + types.size()
                            + " arguments, but got " + names.size() + ".");
        }
        Expr body = expressions.in(new Scope(columns, expressions.scope())).translate(lambda.expression());
        return new Lambda(names, body);
    }
}
