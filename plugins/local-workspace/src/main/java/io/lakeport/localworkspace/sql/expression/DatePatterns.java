package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Formatting and parsing of dates and timestamps with Spark's pattern letters, which are Java's. */
final class DatePatterns {
    static final Set<String> NAMES = Set.of(
            "date_format",
            "to_date",
            "try_to_date",
            "to_timestamp",
            "try_to_timestamp",
            "from_unixtime",
            "unix_timestamp",
            "to_unix_timestamp");

    private static final String ZONE = "current_setting('TimeZone')";
    private static final String DEFAULT = "yyyy-MM-dd HH:mm:ss";

    private DatePatterns() {}

    static Expr call(String name, List<Expr> args) {
        String pretty = args.stream().map(Expr::pretty).collect(Collectors.joining(", ", name + "(", ")"));
        boolean nullable = args.stream().anyMatch(Expr::nullable);
        return switch (name) {
            case "date_format" -> format(args, nullable, pretty);
            case "from_unixtime" -> fromSeconds(args, pretty);
            case "unix_timestamp", "to_unix_timestamp" -> seconds(name, args, nullable);
            default -> parse(name, args, nullable, pretty);
        };
    }

    private static Expr format(List<Expr> args, boolean nullable, String pretty) {
        require(args.size() == 2, "date_format", args);
        Expr at = Dates.moment(args.get(0));
        String zone = at.type().is(Kind.TIMESTAMP_NTZ) ? "'UTC'" : ZONE;
        Expr moment = at.type().is(Kind.DATE) ? Coercion.to(at, SqlType.TIMESTAMP) : at;
        String sql = "lpj_format_moment(epoch_us(" + moment.sql() + "), " + zone + ", "
                + Coercion.to(args.get(1), SqlType.STRING).sql() + ")";
        return Expr.of(sql, SqlType.STRING, nullable, pretty);
    }

    private static void require(boolean fits, String name, List<Expr> args) {
        if (!fits) {
            throw SqlErrors.of(
                    "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                    "42605",
                    "The `" + name + "` requires another number of parameters but the actual number is " + args.size()
                            + ".");
        }
    }

    private static Expr fromSeconds(List<Expr> args, String pretty) {
        require(args.size() == 1 || args.size() == 2, "from_unixtime", args);
        String format =
                args.size() > 1 ? Coercion.to(args.get(1), SqlType.STRING).sql() : "'" + DEFAULT + "'";
        String micros = Coercion.to(args.get(0), SqlType.LONG).sql() + " * 1000000";
        String shown = args.size() > 1 ? pretty : "from_unixtime(" + args.get(0).pretty() + ", " + DEFAULT + ")";
        return Expr.of("lpj_format_moment(" + micros + ", " + ZONE + ", " + format + ")", SqlType.STRING, true, shown);
    }

    private static Expr seconds(String name, List<Expr> args, boolean nullable) {
        require(args.size() <= 2, name, args);
        if (args.isEmpty()) {
            return Expr.of(
                    "CAST(floor(epoch(now())) AS BIGINT)",
                    SqlType.LONG,
                    false,
                    name + "(current_timestamp(), " + DEFAULT + ")");
        }
        List<Expr> full = new ArrayList<>(args);
        if (args.size() == 1) {
            full.add(Expr.literal("'" + DEFAULT + "'", SqlType.STRING, DEFAULT, DEFAULT));
        }
        String pretty = full.stream().map(Expr::pretty).collect(Collectors.joining(", ", name + "(", ")"));
        Expr at = full.get(0).type().is(Kind.STRING)
                ? parse("to_timestamp", full, nullable, pretty)
                : Coercion.to(full.get(0), SqlType.TIMESTAMP);
        return Expr.of("CAST(floor(epoch(" + at.sql() + ")) AS BIGINT)", SqlType.LONG, nullable, pretty);
    }

    private static Expr parse(String name, List<Expr> args, boolean nullable, String pretty) {
        require(args.size() == 1 || args.size() == 2, name, args);
        boolean lenient = name.startsWith("try_");
        SqlType type = name.endsWith("date") ? SqlType.DATE : SqlType.TIMESTAMP;
        if (args.size() == 1) {
            String sql = Casts.sql(args.get(0), type, lenient);
            return Expr.of(sql, type, nullable || lenient, pretty);
        }
        String text = Coercion.to(args.get(0), SqlType.STRING).sql();
        String parsed = "lpj_parse_moment(" + text + ", " + ZONE + ", "
                + Coercion.to(args.get(1), SqlType.STRING).sql() + ")";
        String strict = lenient
                ? parsed
                : "coalesce(" + parsed + ", CASE WHEN " + text + " IS NOT NULL THEN CAST(lp_unparseable(" + text
                        + ") AS BIGINT) END)";
        String moment = "make_timestamptz(" + strict + ")";
        String sql = type.is(Kind.DATE) ? "CAST(" + moment + " AS DATE)" : moment;
        return Expr.of(sql, type, nullable || lenient, pretty);
    }
}
