package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.FunctionCalls.Suffix;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Functions whose SQL or type no template can say. */
final class SpecialFunctions {
    static final Set<String> NAMES = Set.of(
            "count",
            "avg",
            "mean",
            "try_avg",
            "concat",
            "array",
            "map",
            "struct",
            "named_struct",
            "if",
            "iff",
            "nvl2",
            "element_at",
            "decode",
            "date_format",
            "to_date",
            "to_timestamp",
            "try_to_timestamp",
            "current_user",
            "user",
            "session_user",
            "is_account_group_member",
            "is_member",
            "current_catalog",
            "current_database",
            "current_schema",
            "round",
            "bround",
            "stack",
            "explode",
            "from_unixtime",
            "sequence",
            "typeof",
            "size",
            "cardinality");

    private SpecialFunctions() {}

    static @Nullable Expr call(String name, List<Expr> args, Suffix suffix, Environment environment) {
        return switch (name) {
            case "count" -> count(args, suffix);
            case "avg", "mean", "try_avg" -> average(name, args, suffix);
            case "concat" -> Concatenation.concat(args);
            case "array" -> Nested.array(args);
            case "map" -> Nested.map(args);
            case "struct" -> Nested.struct(args);
            case "named_struct" -> Nested.namedStruct(args);
            case "if", "iff" -> Conditionals.choose(args.get(0), args.get(1), args.get(2));
            case "element_at" -> Nested.elementAt(args.get(0), args.get(1));
            case "current_user", "user", "session_user" -> constant(name, environment.user());
            case "is_account_group_member", "is_member" -> member(name, args, environment);
            case "current_catalog" -> constant(name, environment.catalog());
            case "current_database", "current_schema" -> constant(name, environment.schema());
            case "typeof" ->
                constant(
                        "typeof(" + args.get(0).pretty() + ")",
                        args.get(0).type().catalogText());
            case "round", "bround" -> round(name, args);
            case "date_format", "to_date", "to_timestamp", "try_to_timestamp", "from_unixtime" ->
                DatePatterns.call(name, args);
            case "sequence" -> sequence(args);
            case "try_divide" ->
                args.size() == 2 && args.stream().allMatch(a -> a.type().kind().isNumeric())
                        ? Arithmetic.tryDivide(args.get(0), args.get(1))
                        : null;
            case "rand", "random" -> random(name, args);
            case "explode", "explode_outer", "posexplode", "posexplode_outer", "inline", "stack" ->
                throw SqlErrors.of(
                        "UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS",
                        "42K0E",
                        "The generator is not supported: nested in expressions \"" + name + "("
                                + args.stream().map(Expr::pretty).collect(Collectors.joining(", ")) + ")\".");
            default -> null;
        };
    }

    /** A seed promises Spark's very numbers, which DuckDB's generator does not give. */
    private static @Nullable Expr random(String name, List<Expr> args) {
        if (!args.isEmpty()) {
            throw SqlErrors.unsupported("the function " + name + " with a seed");
        }
        return null;
    }

    private static Expr member(String name, List<Expr> args, Environment environment) {
        if (args.size() != 1 || !(args.get(0).constant() instanceof String group)) {
            throw SqlErrors.unsupported(name + " of anything but one text");
        }
        String sql = environment.isMember(group) ? "true" : "false";
        return Expr.of(sql, SqlType.BOOLEAN, false, name + "(" + args.get(0).pretty() + ")");
    }

    private static Expr constant(String label, String value) {
        String pretty = label.endsWith(")") ? label : label + "()";
        return Expr.of(Identifiers.literal(value), SqlType.STRING, false, pretty);
    }

    private static Expr count(List<Expr> args, Suffix suffix) {
        String pretty = FunctionArguments.pretty("count", args, suffix);
        if (args.size() == 1) {
            String distinct = suffix.distinct() ? "DISTINCT " : "";
            return Expr.of(
                    "count(" + distinct + args.get(0).sql() + ")" + suffix.sql(null), SqlType.LONG, false, pretty);
        }
        // Spark counts the rows in which no argument is NULL.
        String present = args.stream().map(a -> a.sql() + " IS NOT NULL").collect(Collectors.joining(" AND "));
        String row = args.stream().map(Expr::sql).collect(Collectors.joining(", ", "row(", ")"));
        String counted = suffix.distinct() ? "DISTINCT " + row : "*";
        return Expr.of("count(" + counted + ")" + suffix.sql(present), SqlType.LONG, false, pretty);
    }

    private static Expr average(String name, List<Expr> args, Suffix suffix) {
        Expr arg = args.get(0);
        String pretty = FunctionArguments.pretty(name, args, suffix);
        String distinct = suffix.distinct() ? "DISTINCT " : "";
        if (!arg.type().is(Kind.DECIMAL)) {
            String sql = "avg(" + distinct + Coercion.to(arg, SqlType.DOUBLE).sql() + ")" + suffix.sql(null);
            return Expr.of(sql, SqlType.DOUBLE, true, pretty);
        }
        SqlType type = ResultTypes.average(arg.type());
        SqlType total = SqlType.decimal(SqlType.MAX_PRECISION, arg.type().scale());
        String sum = "CAST(sum(" + distinct + arg.sql() + ")" + suffix.sql(null) + " AS " + total.duck() + ")";
        String count = "CAST(count(" + distinct + arg.sql() + ")" + suffix.sql(null) + " AS DECIMAL(20,0))";
        return Expr.of(DecimalQuotients.sql(sum, total, count, SqlType.decimal(20, 0), type), type, true, pretty);
    }

    /** Spark rounds half away from zero ({@code bround}: half to even) and widens or narrows a DECIMAL accordingly. */
    private static Expr round(String name, List<Expr> args) {
        Expr arg = args.get(0).type().is(Kind.STRING) ? Coercion.to(args.get(0), SqlType.DOUBLE) : args.get(0);
        int scale = 0;
        if (args.size() > 1) {
            if (!(args.get(1).constant() instanceof Number n)) {
                throw SqlErrors.unsupported(name + " to a number of digits that is not a literal");
            }
            scale = n.intValue();
        }
        String pretty = name + "(" + arg.pretty() + ", " + scale + ")";
        SqlType type = arg.type();
        String function = name.equals("bround") ? "round_even" : "round";
        if (type.is(Kind.DECIMAL)) {
            int kept = Math.max(0, Math.min(scale, type.scale()));
            SqlType rounded = scale >= type.scale()
                    ? type
                    : SqlType.decimal(Math.max(type.precision() - type.scale() + 1 + kept, 1), kept);
            return Expr.of(
                    "CAST(" + function + "(" + arg.sql() + ", " + scale + ") AS " + rounded.duck() + ")",
                    rounded,
                    arg.nullable(),
                    pretty);
        }
        String sql = "CAST(" + function + "(" + arg.sql() + ", " + scale + ") AS " + type.duck() + ")";
        return Expr.of(sql, type, arg.nullable(), pretty);
    }

    private static Expr sequence(List<Expr> args) {
        String pretty = args.stream().map(Expr::pretty).collect(Collectors.joining(", ", "sequence(", ")"));
        boolean nullable = args.stream().anyMatch(Expr::nullable);
        Expr from = args.get(0);
        if (from.type().kind().isIntegral()) {
            List<Expr> all = Coercion.unify("sequence", args);
            SqlType type = SqlType.array(all.get(0).type());
            String step = all.size() > 2
                    ? all.get(2).sql()
                    : "CASE WHEN " + all.get(0).sql() + " <= " + all.get(1).sql() + " THEN 1 ELSE -1 END";
            String sql = "CAST(generate_series(" + all.get(0).sql() + ", "
                    + all.get(1).sql() + ", " + step + ") AS " + type.duck() + ")";
            return Expr.of(sql, type, nullable, pretty);
        }
        SqlType type = from.type().is(Kind.DATE) && args.get(1).type().is(Kind.DATE) ? SqlType.DATE : SqlType.TIMESTAMP;
        String step = args.size() < 3
                ? "to_days(1)"
                : args.get(2).type().is(Kind.INTERVAL_YM)
                        ? "to_months(" + args.get(2).sql() + ")"
                        : "to_microseconds(" + args.get(2).sql() + ")";
        String sql = "CAST(generate_series("
                + Coercion.to(from, SqlType.TIMESTAMP).sql() + ", "
                + Coercion.to(args.get(1), SqlType.TIMESTAMP).sql() + ", " + step + ") AS " + type.duck() + "[])";
        return Expr.of(sql, SqlType.array(type), nullable, pretty);
    }
}
