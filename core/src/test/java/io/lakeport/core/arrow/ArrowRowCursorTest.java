package io.lakeport.core.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StructValue;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.sql.SqlType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.complex.impl.UnionMapWriter;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrowRowCursorTest {
    private static final BigDecimal HUGE =
            new BigDecimal(new BigInteger("99999999999999999999999999999999999999"), 10).negate();

    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void nothingIsLeaked() {
        allocator.close();
    }

    @Test
    @Tag("AK-38")
    void getters_everyScalarType_giveWhatArrowsLibraryWrote() {
        byte[] stream = scalars();
        Streams.Result result = new Streams.Result(scalarSchema(), 3, List.of(new Streams.Result.Chunk(0, 3, stream)));
        try (RowCursor row = ArrowRowCursor.over(result)) {
            assertThat(row.next()).isTrue();
            assertThat(row.getBoolean(0)).isTrue();
            assertThat(row.getInt(1)).isEqualTo(-1);
            assertThat(row.getInt(2)).isEqualTo(-2);
            assertThat(row.getInt(3)).isEqualTo(Integer.MIN_VALUE);
            assertThat(row.getLong(4)).isEqualTo(Long.MAX_VALUE);
            assertThat(row.getDouble(5)).isEqualTo(0.5);
            assertThat(row.getDouble(6)).isNaN();
            assertThat(row.getDecimal(7)).isEqualTo(HUGE);
            assertThat(row.getString(8)).isEqualTo("naïve 🦆");
            assertThat(row.getBytes(9)).containsExactly(0, -1, 7);
            assertThat(row.getDate(10)).isEqualTo(LocalDate.of(1582, 10, 15));
            assertThat(row.getTimestamp(11)).isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
            assertThat(row.getTimestampNtz(12)).isEqualTo(LocalDateTime.parse("2026-02-03T04:05:06.000007"));
            assertThat(row.getYearMonthInterval(13)).isEqualTo(Period.of(-1, -2, 0));
            assertThat(row.getDayTimeInterval(14)).isEqualTo(Duration.ofSeconds(-1, 999_999_000));
            assertThat(row.isNull(15)).isTrue();

            assertThat(row.next()).isTrue();
            for (int column = 0; column < row.schema().size(); column++) {
                assertThat(row.isNull(column)).isTrue();
                assertThat(row.getObject(column)).isNull();
            }
            assertThatThrownBy(() -> row.getLong(4))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'c4' is NULL");

            assertThat(row.next()).isTrue();
            assertThat(row.getString(8)).isEmpty();
            assertThatThrownBy(() -> row.getLong(8))
                    .hasMessageContaining("STRING")
                    .hasMessageContaining("getString");
            assertThatThrownBy(() -> row.getTimestamp(12)).hasMessageContaining("getTimestampNtz");
            assertThat(row.next()).isFalse();
            assertThat(row.next()).isFalse();
        }
        assertThat(result.open).hasValue(0);
    }

    @Test
    void getObject_nestedTypes_giveListsMapsAndStructs() {
        byte[] stream = nested();
        SqlType list = SqlType.array(SqlType.of(Kind.INT));
        SqlType map = SqlType.map(SqlType.of(Kind.STRING), SqlType.of(Kind.BIGINT));
        Streams.Result result = new Streams.Result(
                Streams.Result.schemaOf(list, map, SqlType.struct(List.of())),
                2,
                List.of(new Streams.Result.Chunk(0, 2, stream)));
        try (RowCursor row = ArrowRowCursor.over(result)) {
            row.next();
            assertThat(row.getObject(0)).isEqualTo(Arrays.asList(1, null, 3));
            assertThat(row.getObject(1)).isEqualTo(Map.of("a", 1L));
            assertThat(row.getObject(2)).isEqualTo(new StructValue(List.of("x", "y"), Arrays.asList(5, null)));
            row.next();
            assertThat(row.getObject(0)).isEqualTo(List.of());
            assertThat(row.getObject(1)).isNull();
            assertThat(row.getObject(2)).isNull();
        }
    }

    @Test
    void next_chunksThatDoNotAddUp_areRefused() {
        byte[] three = scalars();
        assertCorrupt(4, List.of(new Streams.Result.Chunk(0, 3, three)), "announced 4 rows and held 3");
        assertCorrupt(3, List.of(new Streams.Result.Chunk(0, 2, three)), "chunk 0 announced 2 rows and held 3");
        assertCorrupt(
                6,
                List.of(new Streams.Result.Chunk(0, 3, three), new Streams.Result.Chunk(4, 3, three)),
                "begins at row 4, expected 3");
    }

    private void assertCorrupt(long announced, List<Streams.Result.Chunk> chunks, String message) {
        Streams.Result result = new Streams.Result(scalarSchema(), announced, chunks);
        try (RowCursor row = ArrowRowCursor.over(result)) {
            assertThatThrownBy(() -> {
                        while (row.next()) {
                            row.isNull(0);
                        }
                    })
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.is(CoreError.RESULT_CORRUPT)).isTrue())
                    .hasMessageContaining(message);
        }
        assertThat(result.open).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void read_damagedBytes_eitherReadsOrSaysSo(long seed) {
        Random random = new Random(seed);
        for (byte[] valid : List.of(scalars(), nested())) {
            for (int trial = 0; trial < 2_000; trial++) {
                byte[] damaged = valid.clone();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                ByteBuffer cut = ByteBuffer.wrap(damaged);
                if (random.nextInt(4) == 0) {
                    cut.limit(random.nextInt(damaged.length));
                }
                readAll(cut);
            }
        }
    }

    private static void readAll(ByteBuffer bytes) {
        try {
            ArrowStream stream = ArrowStream.read(bytes);
            for (var batch = stream.nextBatch(); batch.isPresent(); batch = stream.nextBatch()) {
                for (ArrowColumn column : batch.get().columns()) {
                    for (int row = 0; row < Math.min(column.length(), 1000); row++) {
                        ArrowValues.object(column, row);
                    }
                }
            }
        } catch (ArrowFormatException | java.time.DateTimeException | ArithmeticException expected) {
            // Damage that changes values only is found by checksums; an epoch day may leave the calendar.
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    @Test
    void countRows_severalBatches_addsTheirHeaders() {
        try (IntVector ints = new IntVector("i", allocator)) {
            ints.setSafe(4, 1);
            ints.setValueCount(5);
            byte[] bytes = Streams.write(VectorSchemaRoot.of(ints), 3);
            assertThat(ArrowStream.countRows(ByteBuffer.wrap(bytes))).isEqualTo(15);
            assertThat(ArrowStream.countRows(ByteBuffer.wrap(Streams.write(VectorSchemaRoot.of(ints), 0))))
                    .isZero();
        }
    }

    private static io.lakeport.core.query.ResultSchema scalarSchema() {
        return Streams.Result.schemaOf(
                SqlType.of(Kind.BOOLEAN),
                SqlType.of(Kind.TINYINT),
                SqlType.of(Kind.SMALLINT),
                SqlType.of(Kind.INT),
                SqlType.of(Kind.BIGINT),
                SqlType.of(Kind.FLOAT),
                SqlType.of(Kind.DOUBLE),
                SqlType.decimal(38, 10),
                SqlType.of(Kind.STRING),
                SqlType.of(Kind.BINARY),
                SqlType.of(Kind.DATE),
                SqlType.of(Kind.TIMESTAMP),
                SqlType.of(Kind.TIMESTAMP_NTZ),
                io.lakeport.core.sql.SqlTypeParser.parse("INTERVAL YEAR TO MONTH"),
                io.lakeport.core.sql.SqlTypeParser.parse("INTERVAL DAY TO SECOND"),
                SqlType.of(Kind.VOID));
    }

    private byte[] scalars() {
        List<FieldVector> vectors = List.of(
                new BitVector("c0", allocator),
                new TinyIntVector("c1", allocator),
                new SmallIntVector("c2", allocator),
                new IntVector("c3", allocator),
                new BigIntVector("c4", allocator),
                new Float4Vector("c5", allocator),
                new Float8Vector("c6", allocator),
                new DecimalVector("c7", allocator, 38, 10),
                new VarCharVector("c8", allocator),
                new VarBinaryVector("c9", allocator),
                new DateDayVector("c10", allocator),
                new TimeStampMicroTZVector("c11", allocator, "Etc/UTC"),
                new TimeStampMicroVector("c12", allocator),
                new IntervalYearVector("c13", allocator),
                new DurationVector("c14", FieldType.nullable(new ArrowType.Duration(TimeUnit.MICROSECOND)), allocator),
                new NullVector("c15"));
        vectors.forEach(FieldVector::allocateNew);
        ((BitVector) vectors.get(0)).setSafe(0, 1);
        ((TinyIntVector) vectors.get(1)).setSafe(0, -1);
        ((SmallIntVector) vectors.get(2)).setSafe(0, -2);
        ((IntVector) vectors.get(3)).setSafe(0, Integer.MIN_VALUE);
        ((BigIntVector) vectors.get(4)).setSafe(0, Long.MAX_VALUE);
        ((Float4Vector) vectors.get(5)).setSafe(0, 0.5f);
        ((Float8Vector) vectors.get(6)).setSafe(0, Double.NaN);
        ((DecimalVector) vectors.get(7)).setSafe(0, HUGE);
        ((VarCharVector) vectors.get(8)).setSafe(0, "naïve 🦆".getBytes(StandardCharsets.UTF_8));
        ((VarCharVector) vectors.get(8)).setSafe(2, new byte[0]);
        ((VarBinaryVector) vectors.get(9)).setSafe(0, new byte[] {0, -1, 7});
        ((DateDayVector) vectors.get(10))
                .setSafe(0, (int) LocalDate.of(1582, 10, 15).toEpochDay());
        ((TimeStampMicroTZVector) vectors.get(11)).setSafe(0, -1);
        ((TimeStampMicroVector) vectors.get(12)).setSafe(0, 1770091506000007L);
        ((TimeStampMicroVector) vectors.get(12)).setSafe(2, 0);
        ((IntervalYearVector) vectors.get(13)).setSafe(0, -14);
        ((DurationVector) vectors.get(14)).setSafe(0, -1);
        return write(vectors, 3);
    }

    private byte[] nested() {
        ListVector list = ListVector.empty("c0", allocator);
        UnionListWriter lists = list.getWriter();
        lists.setPosition(0);
        lists.startList();
        lists.integer().writeInt(1);
        lists.integer().writeNull();
        lists.integer().writeInt(3);
        lists.endList();
        lists.setPosition(1);
        lists.startList();
        lists.endList();
        MapVector map = MapVector.empty("c1", allocator, false);
        UnionMapWriter maps = map.getWriter();
        maps.setPosition(0);
        maps.startMap();
        maps.startEntry();
        maps.key().varChar().writeVarChar("a");
        maps.value().bigInt().writeBigInt(1);
        maps.endEntry();
        maps.endMap();
        StructVector struct = StructVector.empty("c2", allocator);
        IntVector x = struct.addOrGet("x", FieldType.nullable(new ArrowType.Int(32, true)), IntVector.class);
        struct.addOrGet("y", FieldType.nullable(new ArrowType.Int(32, true)), IntVector.class);
        x.setSafe(0, 5);
        struct.setIndexDefined(0);
        return write(new ArrayList<>(List.of(list, map, struct)), 2);
    }

    private static byte[] write(List<FieldVector> vectors, int rows) {
        vectors.forEach(vector -> vector.setValueCount(rows));
        try (VectorSchemaRoot root = new VectorSchemaRoot(vectors)) {
            root.setRowCount(rows);
            return Streams.write(root, 1);
        }
    }
}
