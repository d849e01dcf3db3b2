package io.lakeport.storage.parquet;

import io.lakeport.core.query.ResultChunk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.jspecify.annotations.Nullable;

/** The values of chunks as plain objects, read by Arrow's own library. */
final class ArrowObjects {
    private static final long MICROS = 1_000_000L;

    private ArrowObjects() {}

    static List<List<@Nullable Object>> of(List<ResultChunk> chunks) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ResultChunk chunk : chunks) {
            byte[] bytes = new byte[chunk.data().remaining()];
            chunk.data().get(bytes);
            try (BufferAllocator allocator = new RootAllocator();
                    ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(bytes), allocator)) {
                while (reader.loadNextBatch()) {
                    List<FieldVector> columns = reader.getVectorSchemaRoot().getFieldVectors();
                    for (int row = 0; row < reader.getVectorSchemaRoot().getRowCount(); row++) {
                        List<@Nullable Object> values = new ArrayList<>();
                        for (FieldVector column : columns) {
                            values.add(plain(column.getObject(row)));
                        }
                        rows.add(values);
                    }
                }
            }
        }
        return rows;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>();
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new TreeMap<>();
            map.forEach((name, field) -> {
                Object content = plain(field);
                if (content != null) {
                    plain.put(String.valueOf(name), content);
                }
            });
            return plain;
        }
        if (value instanceof LocalDateTime time) {
            return String.valueOf(time.toEpochSecond(ZoneOffset.UTC) * MICROS + time.getNano() / 1000);
        }
        if (value instanceof Duration duration) {
            return String.valueOf(duration.getSeconds() * MICROS + duration.getNano() / 1000);
        }
        if (value instanceof Period period) {
            return String.valueOf(period.toTotalMonths());
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return value == null ? null : value.toString();
    }
}
