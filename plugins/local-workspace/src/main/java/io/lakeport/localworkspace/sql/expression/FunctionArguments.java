package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.FunctionCalls.Suffix;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fits arguments to a rule and prints the rule's template. */
final class FunctionArguments {
    private static final Map<String, SqlType> TARGETS = Map.ofEntries(
            Map.entry("string", SqlType.STRING),
            Map.entry("int", SqlType.INT),
            Map.entry("bigint", SqlType.LONG),
            Map.entry("double", SqlType.DOUBLE),
            Map.entry("boolean", SqlType.BOOLEAN),
            Map.entry("date", SqlType.DATE),
            Map.entry("timestamp", SqlType.TIMESTAMP),
            Map.entry("ntz", SqlType.TIMESTAMP_NTZ),
            Map.entry("binary", SqlType.BINARY));

    /** Arguments that Spark adds where they are left out, and shows in names. */
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("substring/2", "2147483647"),
            Map.entry("substr/2", "2147483647"),
            Map.entry("split/2", "-1"),
            Map.entry("regexp_replace/3", "1"),
            Map.entry("regexp_extract/2", "1"),
            Map.entry("regexp_extract_all/2", "1"),
            Map.entry("sort_array/1", "true"),
            Map.entry("months_between/2", "true"),
            Map.entry("percentile/2", "1"),
            Map.entry("locate/2", "1"),
            Map.entry("lpad/2", " "),
            Map.entry("rpad/2", " "));

    private static final Set<String> RANKS = Set.of("row_number", "RANK", "DENSE_RANK", "PERCENT_RANK", "ntile");

    private FunctionArguments() {}

    static boolean match(FunctionRule rule, List<Expr> args) {
        for (int i = 0; i < args.size(); i++) {
            if (!matches(rule.parameter(i), args.get(i).type())) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String parameter, SqlType type) {
        Kind kind = type.kind();
        if (kind == Kind.VOID) {
            return !parameter.endsWith("!");
        }
        return switch (parameter) {
            case "any", "common" -> true;
            case "array", "map", "struct", "decimal", "binary!", "date!", "string!", "variant", "boolean!" ->
                kind.name().equalsIgnoreCase(parameter.replace("!", ""));
            case "numeric", "integral", "fractional", "interval", "moment" -> matchesClass(parameter, kind);
            case "binary" -> kind == Kind.BINARY || kind == Kind.STRING;
            case "string" -> !kind.isNested() && !kind.isInterval();
            case "boolean" -> kind == Kind.BOOLEAN || kind == Kind.STRING;
            case "date", "timestamp", "ntz" -> kind == Kind.DATE || kind.isTimestamp() || kind == Kind.STRING;
            default -> kind.isNumeric() || kind == Kind.STRING;
        };
    }

    private static boolean matchesClass(String parameter, Kind kind) {
        return switch (parameter) {
            case "numeric" -> kind.isNumeric();
            case "integral" -> kind.isIntegral();
            case "fractional" -> kind.isFractional();
            case "interval" -> kind.isInterval();
            default -> kind == Kind.DATE || kind.isTimestamp();
        };
    }

    static Expr apply(FunctionRule rule, List<Expr> given, Suffix suffix) {
        if (!suffix.isPlain() && !rule.isAggregateOrWindow()) {
            throw SqlErrors.of(
                    "INVALID_WINDOW_SPEC_FOR_AGGREGATION_FUNC",
                    "42601",
                    "The function `" + rule.label()
                            + "` is no aggregate: DISTINCT, FILTER and OVER do not apply to it.");
        }
        List<Expr> args = convert(rule, given);
        SqlType type = ResultTypes.of(rule.result(), args);
        String sql = print(rule, args, suffix, type);
        boolean nullable = rule.nullable() == null
                ? rule.isAggregateOrWindow() || given.stream().anyMatch(Expr::nullable)
                : rule.nullable();
        return Expr.of(sql, type, nullable, pretty(rule.label(), given, suffix));
    }

    static String pretty(String label, List<Expr> given, Suffix suffix) {
        String list = given.stream().map(Expr::pretty).collect(Collectors.joining(", "));
        String within = suffix.order().isEmpty() ? "" : " WITHIN GROUP (ORDER BY " + suffix.orderPretty() + ")";
        String added = DEFAULTS.get(label + "/" + given.size());
        list = added == null ? list : list + ", " + added;
        String over = suffix.pretty();
        if (RANKS.contains(label)) {
            // Spark gives these functions a frame of rows, whatever they are written with.
            over = over.replace("RANGE BETWEEN UNBOUNDED", "ROWS BETWEEN UNBOUNDED");
        }
        return label + "(" + (suffix.distinct() ? "DISTINCT " : "") + list + ")" + within + over;
    }

    private static List<Expr> convert(FunctionRule rule, List<Expr> given) {
        List<Expr> common = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            if (rule.parameter(i).equals("common")) {
                common.add(given.get(i));
            }
        }
        SqlType meeting = common.isEmpty() ? null : Coercion.commonOf(rule.label(), common);
        List<Expr> args = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            args.add(convert(rule.parameter(i), given.get(i), meeting));
        }
        return args;
    }

    private static Expr convert(String parameter, Expr e, @Nullable SqlType meeting) {
        if (parameter.equals("common") && meeting != null) {
            return Coercion.to(e, meeting);
        }
        SqlType target = TARGETS.get(parameter.replace("!", ""));
        return target == null ? e : Coercion.to(e, target);
    }

    private static String print(FunctionRule rule, List<Expr> args, Suffix suffix, SqlType type) {
        StringBuilder out = new StringBuilder();
        String template = rule.template();
        int at = 0;
        while (at < template.length()) {
            int open = template.indexOf('{', at);
            int close = open < 0 ? -1 : template.indexOf('}', open);
            if (close < 0) {
                return out.append(template, at, template.length()).toString();
            }
            out.append(template, at, open).append(hole(template.substring(open + 1, close), args, suffix, type));
            at = close + 1;
        }
        return out.toString();
    }

    private static String hole(String name, List<Expr> args, Suffix suffix, SqlType type) {
        return switch (name) {
            case "*" -> args.stream().map(Expr::sql).collect(Collectors.joining(", "));
            case "d" -> suffix.distinct() ? "DISTINCT " : "";
            case "w" -> suffix.sql(null);
            case "wn" -> suffix.sql(args.get(0).sql() + " IS NOT NULL");
            case "o" -> suffix.order().isEmpty() ? "" : " ORDER BY " + suffix.order();
            case "i" -> suffix.ignoreNulls() ? " IGNORE NULLS" : "";
            case "t" -> type.duck();
            default -> args.get(Integer.parseInt(name) - 1).sql();
        };
    }
}
