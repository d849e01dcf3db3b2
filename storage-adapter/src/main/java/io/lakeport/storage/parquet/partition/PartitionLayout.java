package io.lakeport.storage.parquet.partition;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultSchema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which columns become Hive directories, and how their values are spelled.
 *
 * @param columns positions of the partition columns, in partition order
 * @param names their names
 * @param rest positions of the columns that stay in the files
 */
public record PartitionLayout(List<Integer> columns, List<String> names, List<Integer> rest) {
    /** How Hive and Spark spell NULL, and the empty text, as a directory. */
    public static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    private static final String ESCAPED = "\"#%'*/:=?\\{[]^";
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /**
     * Returns the layout of a result.
     *
     * @throws LakeportException INVALID_REQUEST when a partition column does not exist, is named twice or cannot name a
     *     directory, when no column is left for the files, or when two columns have one name
     */
    public static PartitionLayout of(ResultSchema schema, List<String> partitionBy) {
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Column column : schema.columns()) {
            if (!seen.add(column.name())) {
                throw illegal("the result has two columns named '" + column.name()
                        + "', which a file cannot tell apart; give one an alias");
            }
        }
        List<Integer> columns = new ArrayList<>();
        for (String name : partitionBy) {
            columns.add(position(schema, name));
        }
        if (Set.copyOf(columns).size() < columns.size()) {
            throw illegal("a column is named twice in the partition columns " + partitionBy);
        }
        List<Integer> rest = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            if (!columns.contains(i)) {
                rest.add(i);
            }
        }
        if (rest.isEmpty() && schema.size() > 0) {
            throw illegal("every column is a partition column; at least one must stay in the files");
        }
        return new PartitionLayout(List.copyOf(columns), List.copyOf(partitionBy), List.copyOf(rest));
    }

    private static int position(ResultSchema schema, String name) {
        for (int i = 0; i < schema.size(); i++) {
            Column column = schema.columns().get(i);
            if (column.name().equals(name)) {
                switch (column.type().kind()) {
                    case TINYINT, SMALLINT, INT, BIGINT, DECIMAL, STRING, DATE, BOOLEAN, TIMESTAMP, TIMESTAMP_NTZ -> {
                        return i;
                    }
                    default ->
                        throw illegal("partition column '" + name + "' is " + column.type()
                                + "; use an integer, decimal, text, date, timestamp or boolean");
                }
            }
        }
        throw illegal("partition column '" + name + "' does not exist; the result has "
                + schema.columns().stream().map(Column::name).toList());
    }

    private static LakeportException illegal(String message) {
        return new LakeportException(CoreError.INVALID_ARGUMENT, message);
    }

    /** Returns the rows of each partition of a batch, in the order in which partitions first occur. */
    public Map<Map<String, String>, int[]> rows(List<ArrowColumn> batch, int length) {
        Map<Map<String, String>, IntStream.Builder> builders = new LinkedHashMap<>();
        for (int row = 0; row < length; row++) {
            builders.computeIfAbsent(values(batch, row), partition -> IntStream.builder())
                    .add(row);
        }
        Map<Map<String, String>, int[]> rows = new LinkedHashMap<>();
        builders.forEach(
                (partition, builder) -> rows.put(partition, builder.build().toArray()));
        return rows;
    }

    /** Returns the values of a row, by column name, spelled but not yet escaped. */
    public Map<String, String> values(List<ArrowColumn> batch, int row) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(names.get(i), text(batch.get(columns.get(i)), row));
        }
        return values;
    }

    private static String text(ArrowColumn column, int row) {
        if (column.isNull(row)) {
            return NULL;
        }
        String text = switch (column.field().type().kind()) {
            case INT8 -> String.valueOf(column.int8(row));
            case INT16 -> String.valueOf(column.int16(row));
            case INT32 -> String.valueOf(column.int32(row));
            case INT64 -> String.valueOf(column.int64(row));
            case BOOL -> String.valueOf(column.bool(row));
            case DATE_DAY -> LocalDate.ofEpochDay(column.int32(row)).toString();
            case TIMESTAMP_MICRO -> timestamp(column.int64(row));
            case UTF8, LARGE_UTF8 -> column.text(row);
            case DECIMAL128 -> column.decimal(row).toPlainString();
            default -> throw notAName(column);
        };
        return text.isEmpty() ? NULL : text;
    }

    static LakeportException notAName(ArrowColumn column) {
        return illegal("partition column '" + column.field().name() + "' arrived as "
                + column.field().type().kind() + ", which cannot name a directory");
    }

    private static String timestamp(long micros) {
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
        String seconds = TIMESTAMP.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        long fraction = Math.floorMod(micros, 1_000_000L);
        return fraction == 0
                ? seconds
                : seconds + String.format(Locale.ROOT, ".%06d", fraction).replaceAll("0+$", "");
    }

    /** Returns the directories of the values, ending in a slash, or empty text without partitions. */
    public static String path(Map<String, String> values) {
        StringBuilder path = new StringBuilder();
        values.forEach((name, value) ->
                path.append(escape(name)).append('=').append(escape(value)).append('/'));
        return path.toString();
    }

    /** Escapes what Hive and Spark escape in a partition directory. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7F || ESCAPED.indexOf(c) >= 0) {
                escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
