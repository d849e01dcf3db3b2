package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.FunctionCalls.Suffix;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.IntervalUnit;
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
            case "decode" -> args.size() > 2 ? decode(args) : null;
            case "round", "bround" -> round(name, args);
            case "ceil", "floor" -> args.size() == 2 ? scaled(name, args) : null;
            case "to_char", "to_varchar" -> toChar(name, args, environment);
            case "first", "last", "first_value", "last_value" -> ignoring(name, args, suffix);
            case "sequence" -> sequence(args);
            case "try_divide" ->
                args.size() == 2 && args.stream().allMatch(a -> a.type().kind().isNumeric())
                        ? Arithmetic.tryDivide(args.get(0), args.get(1))
                        : args.size() == 2 && args.get(0).type().kind().isInterval() ? tryShare(args) : null;
            case "rand", "random" -> random(name, args);
            case "explode", "explode_outer", "posexplode", "posexplode_outer", "inline", "stack" ->
                throw SqlErrors.of(
                        "UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS",
                        "42K0E",
                        "The generator is not supported: nested in expressions \"" + name + "("
                                + args.stream().map(Expr::pretty).collect(Collectors.joining(", ")) + ")\".");
            default -> DatePatterns.NAMES.contains(name) ? DatePatterns.call(name, args) : null;
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
        if (arg.type().kind().isInterval()) {
            SqlType type = arg.type().is(Kind.INTERVAL_YM)
                    ? SqlType.interval(IntervalUnit.YEAR, IntervalUnit.MONTH)
                    : Arithmetic.dayToSecond();
            String sql =
                    "CAST(round(avg(" + distinct + arg.sql() + ")" + suffix.sql(null) + ") AS " + type.duck() + ")";
            return Expr.of(sql, type, true, pretty);
        }
        if (!arg.type().is(Kind.DECIMAL)) {
            if (!arg.type().kind().isNumeric() && !Primaries.isText(arg)) {
                throw SqlErrors.mismatch(pretty, "The first parameter requires the \"NUMERIC\" or \"INTERVAL\" type");
            }
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
        boolean binary = type.kind().isFractional();
        String by = binary ? (name.equals("bround") ? "lpj_bround" : "lpj_round") : function;
        String of = binary ? "CAST(" + Coercion.to(arg, SqlType.STRING).sql() + " AS DOUBLE)" : arg.sql();
        String sql = "CAST(" + by + "(" + of + ", " + scale + ") AS " + type.duck() + ")";
        return Expr.of(sql, type, arg.nullable(), pretty);
    }

    /** {@code decode(x, a, b, …, c)}: b where x is a, NULL being equal to itself. */
    private static Expr decode(List<Expr> args) {
        String pretty = args.stream().map(Expr::pretty).collect(Collectors.joining(", ", "decode(", ")"));
        boolean hasDefault = args.size() % 2 == 0;
        List<Expr> results = new java.util.ArrayList<>();
        for (int i = 2; i < args.size(); i += 2) {
            results.add(args.get(i));
        }
        if (hasDefault) {
            results.add(args.get(args.size() - 1));
        }
        List<Expr> typed = Coercion.unify("decode", results);
        StringBuilder sql = new StringBuilder("CASE");
        for (int i = 1; i + 1 < args.size(); i += 2) {
            List<Expr> pair = Coercion.unify("decode", List.of(args.get(0), args.get(i)));
            sql.append(" WHEN ")
                    .append(pair.get(0).sql())
                    .append(" IS NOT DISTINCT FROM ")
                    .append(pair.get(1).sql());
            sql.append(" THEN ").append(typed.get(i / 2).sql());
        }
        sql.append(" ELSE ")
                .append(hasDefault ? typed.get(typed.size() - 1).sql() : "NULL")
                .append(" END");
        return Expr.of(sql.toString(), typed.get(0).type(), true, pretty);
    }

    private static Expr tryShare(List<Expr> args) {
        Expr share = Arithmetic.binary("/", args.get(0), args.get(1));
        String sql = "CASE WHEN " + args.get(1).sql() + " <> 0 THEN " + share.sql() + " END";
        String pretty =
                "try_divide(" + args.get(0).pretty() + ", " + args.get(1).pretty() + ")";
        return Expr.of(sql, share.type(), true, pretty);
    }

    /** {@code ceil(x, digits)}: a DECIMAL with one digit more before the point and so many after it. */
    private static Expr scaled(String name, List<Expr> args) {
        if (!(args.get(1).constant() instanceof Number n)
                || args.get(0).type().kind().isFractional()) {
            throw SqlErrors.unsupported(name + " of such arguments");
        }
        SqlType from = Coercion.asDecimal(args.get(0).type());
        int digits = n.intValue();
        int whole = from.precision() - from.scale() + 1;
        int kept = Math.max(0, Math.min(digits, from.scale()));
        SqlType type = SqlType.decimal(Math.max(whole, 1 - digits) + kept, kept);
        String sql = "CAST(lpj_scaled(CAST(" + args.get(0).sql() + " AS VARCHAR), " + digits + ", "
                + name.equals("ceil") + ") AS " + type.duck() + ")";
        String pretty = name + "(" + args.get(0).pretty() + ", " + args.get(1).pretty() + ")";
        return Expr.of(sql, type, args.get(0).nullable(), pretty);
    }

    /** {@code to_char} of a date is date_format, of bytes it is base64, hex or decode. */
    private static @Nullable Expr toChar(String name, List<Expr> args, Environment environment) {
        if (args.size() != 2) {
            return null;
        }
        Expr value = args.get(0);
        if (value.type().is(Kind.DATE) || value.type().kind().isTimestamp()) {
            return DatePatterns.call("date_format", args);
        }
        if (!value.type().is(Kind.BINARY) || !(args.get(1).constant() instanceof String format)) {
            throw SqlErrors.unsupported("the function " + name + " with a number");
        }
        String pretty = value.pretty();
        return switch (format.toLowerCase(java.util.Locale.ROOT)) {
            case "base64" ->
                Expr.of("to_base64(" + value.sql() + ")", SqlType.STRING, value.nullable(), "base64(" + pretty + ")");
            case "hex" ->
                Expr.of("hex(" + value.sql() + ")", SqlType.STRING, value.nullable(), name + "(" + pretty + ")");
            case "utf-8" ->
                Expr.of(
                        "lpj_decode(hex(" + value.sql() + "), 'UTF-8')",
                        SqlType.STRING,
                        true,
                        "decode(" + pretty + ", " + format + ")");
            default -> throw SqlErrors.unsupported("the format " + format + " of " + name);
        };
    }

    /** {@code first(x, true)} ignores NULLs. */
    private static @Nullable Expr ignoring(String name, List<Expr> args, Suffix suffix) {
        if (args.size() != 2 || !(args.get(1).constant() instanceof Boolean ignores)) {
            return null;
        }
        Suffix with = new Suffix(
                suffix.distinct(),
                suffix.filter(),
                ignores || suffix.ignoreNulls(),
                suffix.order(),
                suffix.orderPretty(),
                suffix.over());
        return FunctionArguments.apply(FunctionTable.rules(name).get(0), args.subList(0, 1), with);
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
            String checked = all.size() > 2
                    ? "lp_step(" + all.get(0).sql() + ", " + all.get(1).sql() + ", " + step + ")"
                    : step;
            String sql = "CAST(generate_series(" + all.get(0).sql() + ", "
                    + all.get(1).sql() + ", " + checked + ") AS " + type.duck() + ")";
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
