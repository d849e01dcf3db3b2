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
            Map.entry("position/2", "1"),
            Map.entry("regexp_instr/2", "0"),
            Map.entry("replace/2", ""),
            Map.entry("str_to_map/1", ",, :"),
            Map.entry("str_to_map/2", ":"),
            Map.entry("percentile_approx/2", "10000"),
            Map.entry("approx_percentile/2", "10000"),
            Map.entry("make_ym_interval/1", "0"),
            Map.entry("make_ym_interval/0", "0, 0"),
            Map.entry("make_dt_interval/0", "0, 0, 0, 0.000000"),
            Map.entry("make_dt_interval/1", "0, 0, 0.000000"),
            Map.entry("make_dt_interval/2", "0, 0.000000"),
            Map.entry("make_dt_interval/3", "0.000000"),
            Map.entry("listagg/1", "NULL"),
            Map.entry("string_agg/1", "NULL"),
            Map.entry("lpad/2", " "),
            Map.entry("rpad/2", " "));

    private static final Set<String> RANKS = Set.of("row_number", "RANK", "DENSE_RANK", "PERCENT_RANK", "ntile");

    private static final Set<String> OFFSETS = Set.of("lag", "lead");

    /** How Spark sorts an array when it is not told how, as it prints that. */
    private static final String NATURAL_ORDER =
            "lambdafunction((IF(((namedlambdavariable() IS NULL) AND (namedlambdavariable() IS NULL)), 0, "
                    + "(IF((namedlambdavariable() IS NULL), 1, (IF((namedlambdavariable() IS NULL), -1, "
                    + "(IF((namedlambdavariable() < namedlambdavariable()), -1, "
                    + "(IF((namedlambdavariable() > namedlambdavariable()), 1, 0)))))))))), "
                    + "namedlambdavariable(), namedlambdavariable())";

    private FunctionArguments() {}

    /** {@code lag} and {@code lead} look one row away and default to NULL. */
    private static String offsets(List<Expr> given) {
        String offset = given.size() > 1 ? given.get(1).pretty() : "1";
        String missing = given.size() > 2 ? given.get(2).pretty() : "NULL";
        return given.get(0).pretty() + ", " + offset + ", " + missing;
    }

    /** Spark gives these functions a frame of the one row that they look at. */
    private static String offsetFrame(String label, List<Expr> given, String over) {
        String offset = given.size() > 1 ? given.get(1).pretty() : "1";
        String at = label.equals("lead") ? offset : offset.startsWith("-") ? offset.substring(1) : "-" + offset;
        return over.replaceAll(
                "(RANGE|ROWS) BETWEEN .* AND [^)]*\\)$", "ROWS BETWEEN " + at + " FOLLOWING AND " + at + " FOLLOWING)");
    }

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
            case "ntz!" -> kind == Kind.TIMESTAMP_NTZ;
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
        list = added == null ? list : list.isEmpty() ? added : list + ", " + added;
        String over = suffix.pretty();
        if (label.equals("array_sort")) {
            list = list + ", " + NATURAL_ORDER;
        }
        if (label.startsWith("TRIM_")) {
            return "TRIM(" + label.substring(5) + " " + given.get(0).pretty() + " FROM "
                    + given.get(1).pretty() + ")";
        }
        if (OFFSETS.contains(label)) {
            return label + "(" + offsets(given) + ")" + offsetFrame(label, given, over);
        }
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
        if (parameter.equals("numeric") && e.type().is(Kind.VOID)) {
            return Coercion.to(e, SqlType.DOUBLE);
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
            case "rest3" -> args.stream().skip(2).map(Expr::sql).collect(Collectors.joining(", "));
            case "json1" -> ValueTexts.json(args.get(0).sql(), args.get(0).type(), 0);
            case "entries" ->
                args.stream().map(a -> "map_entries(" + a.sql() + ")").collect(Collectors.joining(", "));
            case "hexrange" ->
                "CASE WHEN " + args.get(1).sql() + " > 0 THEN 2 * "
                        + args.get(1).sql() + " - 1 ELSE 2 * "
                        + args.get(1).sql() + " END"
                        + (args.size() > 2 ? ", 2 * " + args.get(2).sql() : "");
            default -> args.get(Integer.parseInt(name) - 1).sql();
        };
    }
}
