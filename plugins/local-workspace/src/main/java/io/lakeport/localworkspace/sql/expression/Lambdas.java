package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/** Higher-order functions. */
final class Lambdas {
    /** What a lambda's variable is to DuckDB: a parameter of its lambda, or an expression over one. */
    private record Variable(SqlType type, String sql) {}

    /** A translated lambda: how many variables it names, and its body over the SQL of those. */
    private record Lambda(int arity, Expr body) {
        String over(String... parameters) {
            return "lambda " + String.join(", ", parameters) + ": " + body.sql();
        }

        String pretty() {
            return "lambdafunction(" + body.pretty() + ", "
                    + String.join(", ", Collections.nCopies(arity, "namedlambdavariable()")) + ")";
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
            return zipWith(base, args);
        }
        String item = fresh("item");
        String index = fresh("index");
        // Spark counts from 0, DuckDB from 1.
        Variable position = new Variable(SqlType.INT, "CAST(" + index + " - 1 AS INTEGER)");
        Lambda f = lambda(args.get(1), new Variable(element, item), position);
        String over = f.arity() == 1 ? f.over(item) : f.over(item, index);
        String pretty = name + "(" + base.pretty() + ", " + f.pretty() + ")";
        String mapped = "list_transform(" + base.sql() + ", " + over + ")";
        return switch (name) {
            case "transform" -> Expr.of(mapped, SqlType.array(f.body().type()), base.nullable(), pretty);
            case "filter" ->
                Expr.of("list_filter(" + base.sql() + ", " + over + ")", base.type(), base.nullable(), pretty);
            case "exists", "any_match" -> Expr.of("lp_any(" + mapped + ")", SqlType.BOOLEAN, true, pretty);
            default -> Expr.of("lp_all(" + mapped + ")", SqlType.BOOLEAN, true, pretty);
        };
    }

    /** Returns a parameter name that no lambda around this one has. */
    private String fresh(String of) {
        return "lp_" + of + expressions.scope().depth();
    }

    private Expr aggregate(String name, Expr base, List<SqlBaseParser.FunctionArgumentContext> args) {
        Expr zero = expressions.translate(args.get(1).expression());
        String sum = fresh("sum");
        Variable item = new Variable(base.type().element(), fresh("item"));
        Lambda merge = pair(args.get(2), new Variable(zero.type(), sum), item);
        if (!merge.body().type().equals(zero.type())) {
            zero = Coercion.to(zero, merge.body().type());
            merge = pair(args.get(2), new Variable(zero.type(), sum), item);
        }
        if (!zero.type().equals(base.type().element())) {
            throw SqlErrors.unsupported("the function " + name + " with a start of another type than the elements");
        }
        String sql = "list_reduce(" + base.sql() + ", " + merge.over(sum, item.sql()) + ", " + zero.sql() + ")";
        String start = name + "(" + base.pretty() + ", " + zero.pretty() + ", " + merge.pretty() + ", ";
        if (args.size() < 4) {
            String pretty = start + "lambdafunction(namedlambdavariable(), namedlambdavariable()))";
            return Expr.of(sql, zero.type(), true, pretty);
        }
        Lambda finish = lambda(args.get(3), new Variable(zero.type(), sql));
        return Expr.of(finish.body().sql(), finish.body().type(), true, start + finish.pretty() + ")");
    }

    /** Goes over two arrays together; what the shorter one lacks is NULL. */
    private Expr zipWith(Expr left, List<SqlBaseParser.FunctionArgumentContext> args) {
        Expr right = expressions.translate(args.get(1).expression());
        if (!right.type().is(Kind.ARRAY)) {
            throw SqlErrors.mismatch("zip_with(" + left.pretty() + ")", "the second parameter must be an array");
        }
        String at = fresh("at");
        Lambda f = pair(
                args.get(2),
                new Variable(left.type().element(), left.sql() + "[" + at + "]"),
                new Variable(right.type().element(), right.sql() + "[" + at + "]"));
        String sql = "CASE WHEN " + left.sql() + " IS NOT NULL AND " + right.sql()
                + " IS NOT NULL THEN list_transform(generate_series(1, greatest(len(" + left.sql() + "), len("
                + right.sql() + "))), " + f.over(at) + ") END";
        String pretty = "zip_with(" + left.pretty() + ", " + right.pretty() + ", " + f.pretty() + ")";
        return Expr.of(sql, SqlType.array(f.body().type()), left.nullable() || right.nullable(), pretty);
    }

    private Expr onMap(String name, Expr base, List<SqlBaseParser.FunctionArgumentContext> args) {
        String entry = fresh("entry");
        String k = "struct_extract(" + entry + ", 'key')";
        String v = "struct_extract(" + entry + ", 'value')";
        Lambda f = pair(
                args.get(1),
                new Variable(base.type().key(), k),
                new Variable(base.type().value(), v));
        String body = f.body().sql();
        String entries = "map_entries(" + base.sql() + ")";
        String pretty = name + "(" + base.pretty() + ", " + f.pretty() + ")";
        SqlType key = base.type().key();
        SqlType value = base.type().value();
        return switch (name) {
            case "map_filter" ->
                Expr.of(
                        "map_from_entries(list_filter(" + entries + ", lambda " + entry + ": " + body + "))",
                        base.type(),
                        base.nullable(),
                        pretty);
            case "transform_values" ->
                Expr.of(
                        "map_from_entries(list_transform(" + entries + ", lambda " + entry + ": struct_pack(key := " + k
                                + ", value := " + body + ")))",
                        SqlType.map(key, f.body().type()),
                        base.nullable(),
                        pretty);
            case "transform_keys" ->
                Expr.of(
                        "map_from_entries(list_transform(" + entries + ", lambda " + entry + ": struct_pack(key := "
                                + body + ", value := " + v + ")))",
                        SqlType.map(f.body().type(), value),
                        base.nullable(),
                        pretty);
            default -> throw SqlErrors.mismatch(pretty, "the first parameter must be an array");
        };
    }

    /** Translates a lambda that must name two variables. */
    private Lambda pair(SqlBaseParser.FunctionArgumentContext ctx, Variable first, Variable second) {
        Lambda lambda = lambda(ctx, first, second);
        if (lambda.arity() != 2) {
            throw arity(2, lambda.arity());
        }
        return lambda;
    }

    /** Translates a lambda whose body reaches its variables through their columns in the scope, never by their text. */
    private Lambda lambda(SqlBaseParser.FunctionArgumentContext ctx, Variable... variables) {
        SqlBaseParser.LambdaContext lambda = Unwrap.lambda(ctx.expression());
        if (lambda == null) {
            throw SqlErrors.of(
                    "INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION",
                    "42K0D",
                    "Invalid lambda function call. A lambda function was expected, but " + ctx.getText()
                            + " was given.");
        }
        int arity = lambda.identifier().size();
        if (arity > variables.length) {
            throw arity(variables.length, arity);
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < arity; i++) {
            String name = Identifiers.unquote(lambda.identifier(i).getText());
            columns.add(new Column(Column.LAMBDA, name, variables[i].sql(), variables[i].type(), true, false));
        }
        Expr body = expressions.in(new Scope(columns, expressions.scope())).translate(lambda.expression());
        return new Lambda(arity, body);
    }

    private static RuntimeException arity(int expected, int actual) {
        return SqlErrors.of(
                "INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH",
                "42K0D",
                "Invalid lambda function call. A higher order function expects " + expected + " arguments, but got "
                        + actual + ".");
    }
}
