package io.lakeport.warehouse.arrow;

import io.lakeport.core.sql.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;

/** The layouts of the Databricks types, each fed with the Java class that the row cursor gives back for it. */
final class ColumnBuilders {
    private static final long MICROS = 1_000_000;

    private ColumnBuilders() {}

    static ColumnBuilder of(SqlType type) {
        return switch (type.kind()) {
            case BOOLEAN -> new Bits();
            case TINYINT -> new Fixed(1, (out, value) -> out.put(((Number) value).byteValue()));
            case SMALLINT -> new Fixed(2, (out, value) -> out.putShort(((Number) value).shortValue()));
            case INT -> new Fixed(4, (out, value) -> out.putInt(((Number) value).intValue()));
            case BIGINT -> new Fixed(8, (out, value) -> out.putLong(((Number) value).longValue()));
            case FLOAT -> new Fixed(4, (out, value) -> out.putFloat(((Number) value).floatValue()));
            case DOUBLE -> new Fixed(8, (out, value) -> out.putDouble(((Number) value).doubleValue()));
            case DECIMAL -> new Fixed(16, (out, value) -> putDecimal(out, (BigDecimal) value, type));
            case DATE -> new Fixed(4, (out, value) -> out.putInt(Math.toIntExact(((LocalDate) value).toEpochDay())));
            case TIMESTAMP -> new Fixed(8, (out, value) -> out.putLong(micros((Instant) value)));
            case TIMESTAMP_NTZ ->
                new Fixed(8, (out, value) -> out.putLong(micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC))));
            case INTERVAL_YEAR_MONTH ->
                new Fixed(4, (out, value) -> out.putInt(Math.toIntExact(((Period) value).toTotalMonths())));
            case INTERVAL_DAY_TIME -> new Fixed(8, (out, value) -> out.putLong(micros((Duration) value)));
            case BINARY -> new Variable();
            case VOID -> new Nothing();
            case STRING, ARRAY, MAP, STRUCT, VARIANT, OTHER -> new Variable();
        };
    }

    private static long micros(Instant value) {
        return Math.addExact(Math.multiplyExact(value.getEpochSecond(), MICROS), value.getNano() / 1000);
    }

    private static long micros(Duration value) {
        return Math.addExact(Math.multiplyExact(value.getSeconds(), MICROS), value.getNano() / 1000);
    }

    private static void putDecimal(ByteBuffer out, BigDecimal value, SqlType type) {
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
        if (scaled.precision() > type.precision()) {
            throw new ArithmeticException("a value has more digits than " + type);
        }
        byte[] bigEndian = scaled.unscaledValue().toByteArray();
        for (int i = bigEndian.length - 1; i >= 0; i--) {
            out.put(bigEndian[i]);
        }
        byte sign = (byte) (scaled.signum() < 0 ? -1 : 0);
        for (int i = bigEndian.length; i < 16; i++) {
            out.put(sign);
        }
    }

    /** Writes one value of fixed width. */
    private interface Put {
        void put(ByteBuffer out, Object value);
    }

    private static final class Fixed extends ColumnBuilder {
        private final int width;
        private final Put put;
        private final GrowingBytes data = new GrowingBytes();

        Fixed(int width, Put put) {
            this.width = width;
            this.put = put;
        }

        @Override
        void put(Object value) {
            put.put(data.room(width), value);
        }

        @Override
        void putNull() {
            ByteBuffer out = data.room(width);
            for (int i = 0; i < width; i++) {
                out.put((byte) 0);
            }
        }

        @Override
        List<GrowingBytes> values() {
            return List.of(data);
        }
    }

    private static final class Bits extends ColumnBuilder {
        private final GrowingBytes data = new GrowingBytes();

        @Override
        void put(Object value) {
            setBit(data, length(), (Boolean) value);
        }

        @Override
        void putNull() {
            setBit(data, length(), false);
        }

        @Override
        List<GrowingBytes> values() {
            return List.of(data);
        }
    }

    /** Texts and binaries: 32-bit offsets, then the bytes. */
    private static final class Variable extends ColumnBuilder {
        private final GrowingBytes offsets = new GrowingBytes();
        private final GrowingBytes data = new GrowingBytes();

        Variable() {
            offsets.room(Integer.BYTES).putInt(0);
        }

        @Override
        void put(Object value) {
            byte[] bytes = value instanceof byte[] binary ? binary : ((String) value).getBytes(StandardCharsets.UTF_8);
            data.room(bytes.length).put(bytes);
            putNull();
        }

        @Override
        void putNull() {
            offsets.room(Integer.BYTES).putInt(data.length());
        }

        @Override
        List<GrowingBytes> values() {
            return List.of(offsets, data);
        }

        @Override
        void clear() {
            super.clear();
            offsets.room(Integer.BYTES).putInt(0);
        }
    }

    /** VOID: a length and nothing else. */
    private static final class Nothing extends ColumnBuilder {
        @Override
        void put(Object value) {
            throw new IllegalArgumentException("a VOID column holds NULL only");
        }

        @Override
        void putNull() {}

        @Override
        List<GrowingBytes> values() {
            return List.of();
        }

        @Override
        List<GrowingBytes> buffers() {
            return List.of();
        }
    }
}
