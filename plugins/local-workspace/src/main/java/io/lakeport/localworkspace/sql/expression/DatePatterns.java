package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Formatting and parsing of dates and timestamps with Spark's pattern letters. */
final class DatePatterns {
    private static final Map<String, String> LETTERS = Map.ofEntries(
            Map.entry("yyyy", "%Y"),
            Map.entry("y", "%Y"),
            Map.entry("yy", "%y"),
            Map.entry("MM", "%m"),
            Map.entry("M", "%-m"),
            Map.entry("MMM", "%b"),
            Map.entry("MMMM", "%B"),
            Map.entry("dd", "%d"),
            Map.entry("d", "%-d"),
            Map.entry("D", "%-j"),
            Map.entry("DDD", "%j"),
            Map.entry("E", "%a"),
            Map.entry("EEE", "%a"),
            Map.entry("EEEE", "%A"),
            Map.entry("HH", "%H"),
            Map.entry("H", "%-H"),
            Map.entry("hh", "%I"),
            Map.entry("h", "%-I"),
            Map.entry("mm", "%M"),
            Map.entry("m", "%-M"),
            Map.entry("ss", "%S"),
            Map.entry("s", "%-S"),
            Map.entry("SSS", "%g"),
            Map.entry("SSSSSS", "%f"),
            Map.entry("a", "%p"));

    private DatePatterns() {}

    static Expr call(String name, List<Expr> args) {
        String pretty = args.stream().map(Expr::pretty).collect(Collectors.joining(", ", name + "(", ")"));
        boolean nullable = args.stream().anyMatch(Expr::nullable);
        return switch (name) {
            case "date_format" -> {
                String sql = "strftime(CAST(" + Dates.moment(args.get(0)).sql() + " AS TIMESTAMP), "
                        + pattern(name, args.get(1)) + ")";
                yield Expr.of(sql, SqlType.STRING, nullable, pretty);
            }
            case "from_unixtime" -> {
                String format = args.size() > 1 ? pattern(name, args.get(1)) : "'%Y-%m-%d %H:%M:%S'";
                String at = "CAST(make_timestamptz("
                        + Coercion.to(args.get(0), SqlType.LONG).sql() + " * 1000000) AS TIMESTAMP)";
                yield Expr.of("strftime(" + at + ", " + format + ")", SqlType.STRING, nullable, pretty);
            }
            default -> parse(name, args, nullable, pretty);
        };
    }

    private static Expr parse(String name, List<Expr> args, boolean nullable, String pretty) {
        boolean lenient = name.startsWith("try_");
        SqlType type = name.equals("to_date") ? SqlType.DATE : SqlType.TIMESTAMP;
        if (args.size() == 1) {
            String sql = Casts.sql(args.get(0), type, lenient);
            return Expr.of(sql, type, nullable || lenient, pretty);
        }
        String text = Coercion.to(args.get(0), SqlType.STRING).sql();
        String format = pattern(name, args.get(1));
        String parsed = "try_strptime(" + text + ", " + format + ")";
        String strict = lenient
                ? parsed
                : "coalesce(" + parsed + ", CASE WHEN " + text + " IS NOT NULL THEN CAST(lp_unparseable(" + text
                        + ") AS TIMESTAMP) END)";
        return Expr.of("CAST(" + strict + " AS " + type.duck() + ")", type, nullable || lenient, pretty);
    }

    private static String pattern(String function, Expr format) {
        if (!(format.constant() instanceof String text)) {
            throw SqlErrors.unsupported(function + " with a pattern that is not a literal");
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'') {
                int end = text.indexOf('\'', at + 1);
                out.append(
                        end == at + 1
                                ? "'"
                                : text.substring(at + 1, end < 0 ? text.length() : end)
                                        .replace("%", "%%"));
                at = end < 0 ? text.length() : end + 1;
            } else if (Character.isLetter(c)) {
                int end = at;
                while (end < text.length() && text.charAt(end) == c) {
                    end++;
                }
                out.append(letters(function, text.substring(at, end)));
                at = end;
            } else {
                out.append(c == '%' ? "%%" : String.valueOf(c));
                at++;
            }
        }
        return Identifiers.literal(out.toString());
    }

    private static String letters(String function, String run) {
        String duck = LETTERS.get(run);
        if (duck == null) {
            throw SqlErrors.unsupported("the pattern letters " + run + " in " + function);
        }
        return duck;
    }
}
