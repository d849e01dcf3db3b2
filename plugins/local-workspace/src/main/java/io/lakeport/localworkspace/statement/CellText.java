package io.lakeport.localworkspace.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.lakeport.localworkspace.http.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
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
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * The text of a value in JSON_ARRAY and CSV. Timestamps are ISO 8601 with milliseconds at least; nested values are JSON
 * in which every scalar is a string, as clients of the service report (databricks-jdbc pull request 730).
 */
public final class CellText {
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
    private static final long MICROS_PER_SECOND = 1_000_000;

    private CellText() {}

    /** Returns the text of a value, {@code null} for SQL NULL. */
    public static @Nullable String of(ValueVector vector, int row) {
        if (vector instanceof NullVector || vector.isNull(row)) {
            return null;
        }
        if (vector instanceof ListVector || vector instanceof StructVector) {
            try {
                return new String(Json.bytes(nested(vector, row)), StandardCharsets.UTF_8);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a tree of strings can always be written", e);
            }
        }
        return scalar(vector, row);
    }

    private static String scalar(ValueVector vector, int row) {
        if (vector instanceof VarCharVector text) {
            return new String(text.get(row), StandardCharsets.UTF_8);
        } else if (vector instanceof DecimalVector decimal) {
            BigDecimal value = decimal.getObject(row);
            return value.toPlainString();
        } else if (vector instanceof BitVector bit) {
            return bit.get(row) == 1 ? "true" : "false";
        } else if (vector instanceof VarBinaryVector binary) {
            return Base64.getEncoder().encodeToString(binary.get(row));
        } else if (vector instanceof IntervalYearVector || vector instanceof DurationVector) {
            return interval(vector, row);
        }
        return moment(vector, row);
    }

    private static String moment(ValueVector vector, int row) {
        if (vector instanceof DateDayVector day) {
            return LocalDate.ofEpochDay(day.get(row)).toString();
        } else if (vector instanceof TimeStampMicroTZVector zoned) {
            return zoned(zoned.get(row), ((ArrowType.Timestamp) zoned.getField().getType()).getTimezone());
        } else if (vector instanceof TimeStampMicroVector local) {
            return dateTime(local.get(row));
        }
        return String.valueOf(vector.getObject(row));
    }

    /** The time of day in the session's zone, with that zone's offset then. */
    private static String zoned(long micros, String zone) {
        Instant instant = instant(micros);
        ZoneOffset offset = ZoneId.of(zone).getRules().getOffset(instant);
        return text(micros, LocalDateTime.ofInstant(instant, offset)) + offset.getId();
    }

    private static String dateTime(long micros) {
        return text(micros, LocalDateTime.ofInstant(instant(micros), ZoneOffset.UTC));
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1000);
    }

    private static String text(long micros, LocalDateTime value) {
        return (micros % 1000 == 0 ? MILLIS : MICROS).format(value);
    }

    private static String interval(ValueVector vector, int row) {
        if (vector instanceof IntervalYearVector months) {
            long total = months.getObject(row).toTotalMonths();
            return (total < 0 ? "-" : "") + Math.abs(total) / 12 + "-" + Math.abs(total) % 12;
        }
        Duration value = ((DurationVector) vector).getObject(row);
        Duration size = value.abs();
        return String.format(
                "%s%d %02d:%02d:%02d.%09d",
                value.isNegative() ? "-" : "",
                size.toDays(),
                size.toHoursPart(),
                size.toMinutesPart(),
                size.toSecondsPart(),
                size.getNano());
    }

    private static JsonNode nested(ValueVector vector, int row) {
        if (vector instanceof MapVector map) {
            return mapNode(map, row);
        } else if (vector instanceof ListVector list) {
            return listNode(list, row);
        }
        StructVector struct = (StructVector) vector;
        ObjectNode node = Json.object();
        for (Field field : struct.getField().getChildren()) {
            node.set(field.getName(), node(struct.getChild(field.getName()), row));
        }
        return node;
    }

    private static JsonNode mapNode(MapVector map, int row) {
        List<FieldVector> entries = map.getDataVector().getChildrenFromFields();
        ObjectNode node = Json.object();
        for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
            node.set(String.valueOf(of(entries.get(0), i)), node(entries.get(1), i));
        }
        return node;
    }

    private static JsonNode listNode(ListVector list, int row) {
        ArrayNode node = JsonNodeFactory.instance.arrayNode();
        for (int i = list.getElementStartIndex(row); i < list.getElementEndIndex(row); i++) {
            node.add(node(list.getDataVector(), i));
        }
        return node;
    }

    private static JsonNode node(ValueVector vector, int row) {
        if (vector instanceof NullVector || vector.isNull(row)) {
            return NullNode.getInstance();
        }
        return vector instanceof ListVector || vector instanceof StructVector
                ? nested(vector, row)
                : TextNode.valueOf(scalar(vector, row));
    }
}
