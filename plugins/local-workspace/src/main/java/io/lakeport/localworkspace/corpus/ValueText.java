package io.lakeport.localworkspace.corpus;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/** One text for each value, so that two answers are equal exactly when their texts are. */
final class ValueText {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final DateTimeFormatter MOMENT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter();

    private ValueText() {}

    static String of(ValueVector vector, int row) {
        if (vector instanceof NullVector || vector.isNull(row)) {
            return "NULL";
        } else if (vector instanceof VarCharVector text) {
            return quoted(new String(text.get(row), StandardCharsets.UTF_8));
        } else if (vector instanceof VarBinaryVector binary) {
            return "X'" + HexFormat.of().withUpperCase().formatHex(binary.get(row)) + "'";
        } else if (vector instanceof DecimalVector decimal) {
            BigDecimal value = decimal.getObject(row);
            return value.toPlainString();
        } else if (vector instanceof BitVector bit) {
            return bit.get(row) == 1 ? "true" : "false";
        } else if (vector instanceof MapVector map) {
            return map(map, row);
        } else if (vector instanceof ListVector list) {
            return list(list, row);
        } else if (vector instanceof StructVector struct) {
            return struct(struct, row);
        }
        return moment(vector, row);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("'");
        text.codePoints().forEach(c -> {
            if (c == '\'' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (Character.isISOControl(c) || c == '\u2028') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('\'').toString();
    }

    private static String list(ListVector list, int row) {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        for (int i = list.getElementStartIndex(row); i < list.getElementEndIndex(row); i++) {
            text.add(of(list.getDataVector(), i));
        }
        return text.toString();
    }

    private static String map(MapVector map, int row) {
        List<FieldVector> entries = map.getDataVector().getChildrenFromFields();
        StringJoiner text = new StringJoiner(", ", "{", "}");
        for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
            text.add(of(entries.get(0), i) + " -> " + of(entries.get(1), i));
        }
        return text.toString();
    }

    private static String struct(StructVector struct, int row) {
        StringJoiner text = new StringJoiner(", ", "(", ")");
        struct.getChildrenFromFields().forEach(c -> text.add(c.getField().getName() + ": " + of(c, row)));
        return text.toString();
    }

    private static String moment(ValueVector vector, int row) {
        if (vector instanceof DateDayVector day) {
            return LocalDate.ofEpochDay(day.get(row)).toString();
        } else if (vector instanceof TimeStampMicroTZVector zoned) {
            return dateTime(zoned.get(row)) + "Z";
        } else if (vector instanceof TimeStampMicroVector local) {
            return dateTime(local.get(row));
        } else if (vector instanceof IntervalYearVector months) {
            long total = months.getObject(row).toTotalMonths();
            return (total < 0 ? "-" : "") + Math.abs(total) / 12 + "-" + Math.abs(total) % 12;
        } else if (vector instanceof DurationVector duration) {
            Duration value = duration.getObject(row);
            return value.toDays() + "d" + value.minusDays(value.toDays());
        }
        return String.valueOf(vector.getObject(row));
    }

    private static String dateTime(long micros) {
        Instant instant = Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1000);
        return MOMENT.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
}
