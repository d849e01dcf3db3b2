package io.lakeport.benchmarks;

import io.lakeport.core.arrow.ArrowRowCursor;
import io.lakeport.core.arrow.ArrowStream;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.sql.SqlTypeParser;
import io.lakeport.warehouse.arrow.ArrowStreamWriter;
import io.lakeport.warehouse.lz4.Lz4Frames;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.zip.CRC32C;

/**
 * One thread, one chunk as Databricks sends it, nothing but memory: how near the whole way from the bytes of the storage
 * to a checked Arrow stream comes to native LZ4 alone, and how fast rows are read from it.
 */
final class DecodeBenchmark {
    private static final int ROWS = 122_880;
    private static final int ROUNDS = 60;

    private DecodeBenchmark() {}

    static void run(PrintStream out) throws Exception {
        ResultSchema schema = schema();
        ByteBuffer raw = raw(schema);
        ByteBuffer decoded = ByteBuffer.allocateDirect(raw.remaining());
        out.printf(
                Locale.ROOT,
                "Decode: one chunk of %,d rows, %.1f MB of Arrow, one thread%n",
                ROWS,
                raw.remaining() / 1e6);
        for (boolean checksums : new boolean[] {false, true}) {
            LzFrame frame = LzFrame.of(raw, checksums);
            CRC32C crc = new CRC32C();
            double[] seconds = best(List.of(
                    () -> frame.decompressBlocks(decoded.clear()),
                    () -> frame.decompressAndHash(decoded.clear()),
                    () -> {
                        Lz4Frames.decode(frame.bytes().duplicate(), decoded.clear());
                        return ArrowStream.countRows(decoded.flip());
                    },
                    () -> {
                        crc.reset();
                        crc.update(frame.bytes().duplicate());
                        Lz4Frames.decode(frame.bytes().duplicate(), decoded.clear());
                        return ArrowStream.countRows(decoded.flip()) + crc.getValue();
                    }));
            print(out, checksums ? "frame with checksums" : "frame without", raw.remaining() / 1e6, seconds);
        }
        decoded.clear();
        decoded.put(raw.duplicate()).flip();
        double cursor = best(List.of(() -> rows(schema, decoded)))[0];
        out.printf(Locale.ROOT, "row cursor             %.2f M rows/s of 16 columns%n", ROWS / cursor / 1e6);
    }

    /** Ratios are to native code that checks as much as we do; without checksums that is LZ4 alone. */
    private static void print(PrintStream out, String frame, double megabytes, double[] seconds) {
        double ceiling = seconds[1];
        out.printf(
                Locale.ROOT,
                "%-22s native LZ4 %6.0f MB/s   with its checksums %6.0f MB/s   ours %6.0f MB/s (%.2f)"
                        + "   with the storage's CRC-32C %6.0f MB/s (%.2f)%n",
                frame,
                megabytes / seconds[0],
                megabytes / ceiling,
                megabytes / seconds[2],
                ceiling / seconds[2],
                megabytes / seconds[3],
                ceiling / seconds[3]);
    }

    /** In turns, so that whatever else the machine does hits all alike. */
    private static double[] best(List<Callable<Long>> steps) throws Exception {
        double[] best = new double[steps.size()];
        Arrays.fill(best, Double.MAX_VALUE);
        for (int i = 0; i < ROUNDS; i++) {
            for (int step = 0; step < best.length; step++) {
                long start = System.nanoTime();
                Reader.sink(steps.get(step).call());
                best[step] = Math.min(best[step], (System.nanoTime() - start) / 1e9);
            }
        }
        return best;
    }

    private static long rows(ResultSchema schema, ByteBuffer chunk) {
        try (RowCursor cursor = ArrowRowCursor.over(new OneChunk(schema, chunk))) {
            return Reader.rows(cursor);
        }
    }

    private static ResultSchema schema() {
        return new ResultSchema(BenchTable.COLUMNS.entrySet().stream()
                .map(column -> new Column(column.getKey(), SqlTypeParser.parse(column.getValue())))
                .toList());
    }

    private static ByteBuffer raw(ResultSchema schema) {
        ArrowStreamWriter writer = new ArrowStreamWriter(schema);
        for (int i = 0; i < ROWS; i++) {
            writer.add(row(i));
        }
        ByteBuffer stream = writer.finish();
        return ByteBuffer.allocateDirect(stream.remaining()).put(stream).flip();
    }

    private static Object[] row(int i) {
        long id = i;
        return new Object[] {
            id,
            (int) (id * 7919 % 200_000),
            (int) (id * 104_729 % 10_000),
            i % 7,
            BigDecimal.valueOf(i % 50 + 1).setScale(2),
            BigDecimal.valueOf(id * 31 % 10_494_950, 2),
            BigDecimal.valueOf(i % 11, 2),
            BigDecimal.valueOf(i % 9, 2),
            List.of("A", "N", "R").get(i % 3),
            List.of("O", "F").get(i % 2),
            LocalDate.of(1992, 1, 2).plusDays(i % 2526),
            LocalDate.of(1992, 1, 31).plusDays(i * 3L % 2466),
            Instant.ofEpochSecond(694_310_400 + id * 1_000_003 % 220_000_000),
            List.of("DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN")
                    .get(i % 4),
            i % 10 == 0 ? null : "MODE" + i % 7,
            "comment " + Long.toHexString(id * 0x9E3779B97F4A7C15L) + Long.toHexString(id * 0xC2B2AE3D27D4EB4FL)
        };
    }

    /** A result of one chunk that lies in memory. */
    private static final class OneChunk implements ResultStream {
        private final ResultSchema schema;
        private final ByteBuffer chunk;
        private boolean given;

        OneChunk(ResultSchema schema, ByteBuffer chunk) {
            this.schema = schema;
            this.chunk = chunk;
        }

        @Override
        public StatementId statementId() {
            return new StatementId("benchmark");
        }

        @Override
        public ResultSchema schema() {
            return schema;
        }

        @Override
        public OptionalLong totalRows() {
            return OptionalLong.of(ROWS);
        }

        @Override
        public boolean truncated() {
            return false;
        }

        @Override
        public Optional<ResultChunk> next() {
            if (given) {
                return Optional.empty();
            }
            given = true;
            return Optional.of(new ResultChunk(0, 0, ROWS, chunk, () -> {}));
        }

        @Override
        public void close() {
            given = true;
        }
    }
}
