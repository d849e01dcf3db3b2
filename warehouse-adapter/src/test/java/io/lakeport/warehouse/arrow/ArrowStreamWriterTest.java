package io.lakeport.warehouse.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.arrow.ArrowRowCursor;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.sql.SqlTypeParser;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of the writer, read by the core's cursor and by Arrow's own library. */
class ArrowStreamWriterTest {
    private static final ResultSchema SCHEMA = schema(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INT",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL(38,10)",
            "STRING",
            "BINARY",
            "DATE",
            "TIMESTAMP",
            "TIMESTAMP_NTZ",
            "INTERVAL YEAR TO MONTH",
            "INTERVAL DAY TO SECOND",
            "ARRAY<INT>",
            "VARIANT",
            "VOID");

    private static ResultSchema schema(String... types) {
        List<Column> columns = new ArrayList<>();
        for (String type : types) {
            columns.add(new Column("c" + columns.size(), SqlTypeParser.parse(type)));
        }
        return new ResultSchema(columns);
    }

    private static Object[] row(Random random) {
        Instant instant = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L);
        Object[] row = {
            random.nextBoolean(),
            (byte) random.nextInt(),
            (short) random.nextInt(),
            random.nextInt(),
            random.nextLong(),
            random.nextFloat(),
            random.nextDouble(),
            new BigDecimal(new BigInteger(120, random), 10).multiply(BigDecimal.valueOf(random.nextInt(3) - 1)),
            "é🦆".repeat(random.nextInt(4)),
            BigInteger.valueOf(random.nextLong()).toByteArray(),
            LocalDate.ofEpochDay(random.nextInt(4_000_000) - 1_000_000),
            instant,
            LocalDateTime.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000, java.time.ZoneOffset.UTC),
            months(random.nextInt(1000) - 500),
            Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000) * 1_000L),
            "[1,null]",
            "{\"a\":1}",
            null
        };
        for (int i = 0; i < row.length; i++) {
            if (random.nextInt(5) == 0) {
                row[i] = null;
            }
        }
        return row;
    }

    private static Period months(int months) {
        return Period.of(months / 12, months % 12, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 1000})
    void finish_rowsOfEveryType_areReadBackTheSame(int rows) throws Exception {
        Random random = new Random(rows);
        ArrowStreamWriter writer = new ArrowStreamWriter(SCHEMA);
        for (int stream = 0; stream < 3; stream++) {
            List<Object[]> written = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                written.add(row(random));
                writer.add(written.get(i));
            }
            long forecast = writer.bytes();
            ByteBuffer bytes = writer.finish();
            assertThat((long) bytes.remaining()).isLessThanOrEqualTo(forecast).isGreaterThan(forecast - 400);
            assertThat(writer.rows()).isZero();
            assertCursorReads(bytes, written);
            assertArrowReads(bytes, written);
        }
    }

    private static void assertCursorReads(ByteBuffer bytes, List<Object[]> written) {
        try (RowCursor cursor = ArrowRowCursor.over(new OneChunk(bytes, written.size()))) {
            for (Object[] row : written) {
                assertThat(cursor.next()).isTrue();
                for (int i = 0; i < row.length; i++) {
                    assertThat(cursor.getObject(i))
                            .as("%s", SCHEMA.columns().get(i).type())
                            .isEqualTo(row[i]);
                }
            }
            assertThat(cursor.next()).isFalse();
        }
    }

    private static void assertArrowReads(ByteBuffer bytes, List<Object[]> written) throws Exception {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(copy), allocator)) {
            assertThat(reader.loadNextBatch()).isTrue();
            List<FieldVector> vectors = reader.getVectorSchemaRoot().getFieldVectors();
            assertThat(vectors).allMatch(v -> v.getValueCount() == written.size());
            for (int row = 0; row < written.size(); row++) {
                Object[] values = written.get(row);
                for (int i = 0; i < values.length; i++) {
                    assertThat(vectors.get(i).isNull(row)).isEqualTo(values[i] == null);
                }
                assertThat(vectors.get(4).getObject(row)).isEqualTo(values[4]);
                assertThat(vectors.get(7).getObject(row)).isEqualTo(values[7]);
                assertThat(String.valueOf(vectors.get(8).getObject(row))).isEqualTo(String.valueOf(values[8]));
                assertThat(vectors.get(12).getObject(row)).isEqualTo(values[12]);
                assertThat(vectors.get(14).getObject(row)).isEqualTo(values[14]);
            }
            assertThat(reader.loadNextBatch()).isFalse();
        }
    }

    @Test
    void add_valueThatDoesNotFit_isRefusedAndNeverRounded() {
        for (BigDecimal value : List.of(new BigDecimal("1.005"), new BigDecimal("1000.00"))) {
            ArrowStreamWriter writer = new ArrowStreamWriter(schema("DECIMAL(5,2)"));
            assertThatThrownBy(() -> writer.add(new Object[] {value})).isInstanceOf(ArithmeticException.class);
        }
        ArrowStreamWriter times = new ArrowStreamWriter(schema("TIMESTAMP"));
        assertThatThrownBy(() -> times.add(new Object[] {Instant.MAX})).isInstanceOf(ArithmeticException.class);
    }

    /** A result of one chunk. */
    private static final class OneChunk implements ResultStream {
        private final List<ResultChunk> chunks = new ArrayList<>();

        OneChunk(ByteBuffer bytes, int rows) {
            chunks.add(new ResultChunk(0, 0, rows, bytes, () -> {}));
        }

        @Override
        public StatementId statementId() {
            return new StatementId("01-test");
        }

        @Override
        public ResultSchema schema() {
            return SCHEMA;
        }

        @Override
        public OptionalLong totalRows() {
            return OptionalLong.empty();
        }

        @Override
        public boolean truncated() {
            return false;
        }

        @Override
        public Optional<ResultChunk> next() {
            return chunks.isEmpty() ? Optional.empty() : Optional.of(chunks.remove(0));
        }

        @Override
        public void close() {}
    }
}
