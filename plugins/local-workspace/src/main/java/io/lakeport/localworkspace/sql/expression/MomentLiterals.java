package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DATE and TIMESTAMP literals, named by the value that they have. */
final class MomentLiterals {
    private static final Pattern TEXT = Pattern.compile(
            "([+-]?\\d{4,7})(?:-(\\d{1,2}))?(?:-(\\d{1,2}))?(?:[ T](?:(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{0,9}))?)?)?\\s*(.*))?");
    private static final DateTimeFormatter PRINTED = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter();

    private MomentLiterals() {}

    static Expr of(String text, SqlType type, String kind) {
        Matcher m = TEXT.matcher(text.trim());
        String label = kind.equals("TIMESTAMP_LTZ") ? "TIMESTAMP" : kind;
        if (!m.matches()) {
            throw invalid(label, text);
        }
        try {
            LocalDate date = LocalDate.of(Integer.parseInt(m.group(1)), number(m, 2, 1), number(m, 3, 1));
            if (type.is(Kind.DATE)) {
                return literal(date.toString(), type, label, text);
            }
            LocalDateTime local = date.atTime(number(m, 4, 0), number(m, 5, 0), number(m, 6, 0), nanos(m));
            String zone = m.group(8) == null ? "" : m.group(8).trim();
            if (zone.isEmpty() || type.is(Kind.TIMESTAMP_NTZ)) {
                return literal(PRINTED.format(local), type, label, text);
            }
            LocalDateTime utc = local.atZone(ZoneId.of(zone, ZoneId.SHORT_IDS))
                    .withZoneSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime();
            return zoned(utc, label, text);
        } catch (DateTimeException | ArithmeticException e) {
            throw invalid(label, text);
        }
    }

    private static int number(Matcher m, int group, int missing) {
        return m.group(group) == null ? missing : Integer.parseInt(m.group(group));
    }

    private static int nanos(Matcher m) {
        String digits = m.group(7) == null ? "" : m.group(7);
        return Integer.parseInt((digits + "000000").substring(0, 6)) * 1000;
    }

    private static Expr literal(String value, SqlType type, String label, String text) {
        Expr source = Expr.literal(Identifiers.literal(value), SqlType.STRING, value, value);
        return Expr.literal(Casts.sql(source, type, false), type, label + " '" + value + "'", text);
    }

    private static Expr zoned(LocalDateTime utc, String label, String text) {
        String value = PRINTED.format(utc);
        String sql = "CAST('" + value + "+00' AS TIMESTAMP WITH TIME ZONE)";
        return Expr.literal(sql, SqlType.TIMESTAMP, label + " '" + value + "'", text);
    }

    static RuntimeException invalid(String type, String text) {
        return SqlErrors.of(
                "INVALID_TYPED_LITERAL",
                "42604",
                "The value of the typed literal \"" + type + "\" is invalid: '" + text + "'.");
    }
}
