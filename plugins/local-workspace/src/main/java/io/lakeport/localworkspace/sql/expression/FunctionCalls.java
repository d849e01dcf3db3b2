package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** Function calls: a few need code, the rest are rules of the {@link FunctionTable}. */
final class FunctionCalls {
    private static final Set<String> NILADIC = Set.of(
            "current_date",
            "current_timestamp",
            "current_user",
            "user",
            "session_user",
            "current_catalog",
            "current_database",
            "current_schema",
            "localtimestamp",
            "current_timezone");
    private static final Set<String> LAMBDAS = Set.of(
            "transform",
            "filter",
            "exists",
            "any_match",
            "forall",
            "all_match",
            "aggregate",
            "reduce",
            "zip_with",
            "transform_values",
            "transform_keys",
            "map_filter");

    private final ExpressionTranslator expressions;

    FunctionCalls(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    static boolean isNiladic(String name) {
        return NILADIC.contains(name.toLowerCase(Locale.ROOT));
    }

    static Set<String> specialNames() {
        Set<String> names = new java.util.HashSet<>(LAMBDAS);
        names.addAll(SpecialFunctions.NAMES);
        names.addAll(NILADIC);
        names.addAll(TypeFunctions.names());
        names.addAll(JavaCalls.NAMES);
        names.addAll(DatePatterns.NAMES);
        return names;
    }

    Expr call(SqlBaseParser.FunctionCallContext ctx) {
        String written = Identifiers.unquote(ctx.functionName().getText());
        String name = written.toLowerCase(Locale.ROOT);
        if (name.equals("array_sort") && ctx.argument.size() > 1) {
            throw SqlErrors.unsupported("array_sort with a comparison of its own");
        }
        if (name.equals("window") || name.equals("session_window")) {
            throw SqlErrors.unsupported("time windows");
        }
        if (LAMBDAS.contains(name)) {
            return new Lambdas(expressions).call(name, ctx.argument);
        }
        Expr routine = routine(ctx, name);
        if (routine != null) {
            return routine;
        }
        List<Expr> args = new ArrayList<>();
        for (SqlBaseParser.FunctionArgumentContext a : ctx.argument) {
            args.addAll(argument(name, a));
        }
        return call(name, args, suffix(ctx, args));
    }

    /** Returns a call of a function that somebody wrote in SQL; the built-in ones come first. */
    private @Nullable Expr routine(SqlBaseParser.FunctionCallContext ctx, String name) {
        if (FunctionTable.has(name) || ctx.windowSpec() != null) {
            return null;
        }
        List<String> parts = ctx.functionName().qualifiedName() == null
                ? List.of(name)
                : ctx.functionName().qualifiedName().identifier().stream()
                        .map(i -> Identifiers.unquote(i.getText()))
                        .toList();
        List<Expr> args = new ArrayList<>();
        Map<String, Expr> named = new HashMap<>();
        if (!expressions.environment().hasRoutine(parts)) {
            return null;
        }
        for (SqlBaseParser.FunctionArgumentContext a : ctx.argument) {
            if (a.namedArgumentExpression() == null) {
                args.add(expressions.translate(a.expression()));
            } else {
                named.put(
                        Identifiers.unquote(a.namedArgumentExpression().key.getText())
                                .toLowerCase(Locale.ROOT),
                        expressions.translate(a.namedArgumentExpression().value));
            }
        }
        return expressions.environment().routine(parts, args, named).orElse(null);
    }

    private List<Expr> argument(String name, SqlBaseParser.FunctionArgumentContext ctx) {
        if (ctx.expression() == null) {
            throw SqlErrors.unsupported("named arguments of " + name);
        }
        if (ctx.getText().equals("*")) {
            return name.equals("count")
                    ? List.of(Expr.literal("*", SqlType.INT, "1", "*"))
                    : expressions.scope().columns().stream()
                            .filter(c -> !c.hidden())
                            .map(Column::toExpr)
                            .toList();
        }
        return List.of(expressions.translate(ctx.expression()));
    }

    Expr call(String name, List<Expr> args) {
        return call(name, args, Suffix.NONE);
    }

    /** {@code FIRST(x IGNORE NULLS)} and its kin, which the grammar treats apart. */
    Expr firstOrLast(String name, Expr arg, boolean ignoreNulls) {
        Suffix suffix = new Suffix(false, null, ignoreNulls, "", "", null);
        return call(name, List.of(arg), suffix);
    }

    private Expr call(String name, List<Expr> args, Suffix suffix) {
        OrderedTypes.check(name, args);
        Expr special = SpecialFunctions.call(name, args, suffix, expressions.environment());
        if (special != null) {
            return special;
        }
        if (JavaCalls.NAMES.contains(name)) {
            return JavaCalls.call(name, args);
        }
        List<FunctionRule> rules = FunctionTable.rules(name);
        if (TypeFunctions.isOne(name) && args.size() == 1) {
            return TypeFunctions.call(name, args.get(0));
        }
        if (rules.isEmpty()) {
            throw SqlErrors.of(
                    "UNRESOLVED_ROUTINE",
                    "42883",
                    "Cannot resolve routine " + Identifiers.backticked(name) + " on search path [`system`.`builtin`, "
                            + "`system`.`session`, "
                            + Identifiers.backticked(expressions.environment().catalog()) + "."
                            + Identifiers.backticked(expressions.environment().schema())
                            + "]. The local workspace knows the usual functions; others need a Databricks workspace.");
        }
        for (FunctionRule rule : rules) {
            if (rule.takes(args.size()) && FunctionArguments.match(rule, args)) {
                return FunctionArguments.apply(rule, args, suffix);
            }
        }
        // Where only a number fits, Spark reads text as a DOUBLE.
        List<Expr> numbers = args.stream()
                .map(a -> Primaries.isText(a) ? Coercion.to(a, SqlType.DOUBLE) : a)
                .toList();
        for (FunctionRule rule : rules) {
            if (rule.takes(args.size())
                    && rule.parameters().contains("numeric")
                    && FunctionArguments.match(rule, numbers)) {
                return FunctionArguments.apply(rule, numbers, suffix);
            }
        }
        throw noMatch(name, rules, args);
    }

    private static RuntimeException noMatch(String name, List<FunctionRule> rules, List<Expr> args) {
        if (rules.stream().noneMatch(r -> r.takes(args.size()))) {
            String expected = rules.stream()
                    .map(r -> r.repeats() ? "> " + (r.required() - 1) : String.valueOf(r.required()))
                    .distinct()
                    .collect(Collectors.joining(", "));
            return SqlErrors.of(
                    "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                    "42605",
                    "The `" + name + "` requires " + expected + " parameters but the actual number is " + args.size()
                            + ".");
        }
        String call = name + "(" + args.stream().map(Expr::pretty).collect(Collectors.joining(", ")) + ")";
        String types = args.stream().map(a -> a.type().text()).collect(Collectors.joining(", "));
        return SqlErrors.mismatch(call, "the types (" + types + ") are not what the function takes");
    }

    private Suffix suffix(SqlBaseParser.FunctionCallContext ctx, List<Expr> args) {
        Expr filter = ctx.where == null ? null : expressions.condition(ctx.where);
        boolean distinct = ctx.setQuantifier() != null && ctx.setQuantifier().DISTINCT() != null;
        boolean ignoreNulls =
                ctx.nullsOption != null && ctx.nullsOption.getText().equalsIgnoreCase("IGNORE");
        String order = ctx.sortItem().stream()
                .map(s -> expressions.translate(s.expression()).sql() + WindowSpecs.direction(s))
                .collect(Collectors.joining(", "));
        String orderPretty = ctx.sortItem().stream()
                .map(s -> expressions.translate(s.expression()).pretty() + WindowSpecs.direction(s))
                .collect(Collectors.joining(", "));
        WindowSpecs.@Nullable Window over =
                ctx.windowSpec() == null ? null : new WindowSpecs(expressions).of(ctx.windowSpec());
        if (!order.isEmpty() && args.isEmpty()) {
            throw SqlErrors.unsupported("ordered-set functions without an argument");
        }
        WindowRules.check(ctx, over);
        return new Suffix(distinct, filter, ignoreNulls, order, orderPretty, over);
    }

    /** What may follow the arguments of an aggregate or window function. */
    record Suffix(
            boolean distinct,
            @Nullable Expr filter,
            boolean ignoreNulls,
            String order,
            String orderPretty,
            WindowSpecs.@Nullable Window over) {
        static final Suffix NONE = new Suffix(false, null, false, "", "", null);

        /** Returns FILTER and OVER, with one more condition in the filter. */
        String sql(@Nullable String condition) {
            String where =
                    filter == null ? condition : condition == null ? filter.sql() : filter.sql() + " AND " + condition;
            return (where == null ? "" : " FILTER (WHERE " + where + ")") + (over == null ? "" : " OVER " + over.sql());
        }

        String pretty() {
            return (filter == null ? "" : " FILTER (WHERE " + filter.pretty() + ")")
                    + (over == null ? "" : " OVER " + over.pretty());
        }

        boolean isPlain() {
            return !distinct && filter == null && over == null;
        }
    }

    /** Whether an argument is the star of {@code count(*)}. */
    static boolean isStar(Expr e) {
        return "*".equals(e.sql()) && e.type().is(Kind.INT);
    }
}
