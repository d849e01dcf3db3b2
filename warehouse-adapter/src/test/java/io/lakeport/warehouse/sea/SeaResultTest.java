package io.lakeport.warehouse.sea;

import static io.lakeport.warehouse.sea.FakeApi.Route.CLOSE;
import static io.lakeport.warehouse.sea.FakeApi.Route.DOWNLOAD;
import static io.lakeport.warehouse.sea.FakeApi.Route.LINKS;
import static io.lakeport.warehouse.sea.FakeApi.Route.SUBMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Results: their order, the memory that they hold, and how they end. */
class SeaResultTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Bench bench = new Bench();

    @AfterEach
    void nothingLeft() {
        bench.close();
    }

    private static List<Long> idsTo(long rows) {
        return LongStream.range(0, rows).boxed().toList();
    }

    private static void assertFails(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, CoreError code) {
        assertThatThrownBy(call)
                .asInstanceOf(type(LakeportException.class))
                .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code.toErrorCode()));
    }

    @Test
    @Tag("AK-04")
    void execute_externalLinks_yieldsAllChunksInOrder() {
        for (int i = 0; i < 12; i++) {
            bench.api.chunk(2500);
        }

        ResultStream stream = bench.warehouse.execute(Bench.request());

        assertThat(stream.schema().columns())
                .extracting(c -> c.type().kind())
                .containsExactly(SqlType.Kind.BIGINT, SqlType.Kind.STRING);
        assertThat(stream.totalRows()).hasValue(30_000);
        assertThat(Bench.read(stream)).isEqualTo(idsTo(30_000));
        assertThat(bench.api.count(CLOSE)).isOne();
        assertThat(bench.api
                        .requests(SUBMIT)
                        .get(0)
                        .body()
                        .path("result_compression")
                        .asText())
                .isEqualTo("LZ4_FRAME");
    }

    @Test
    void execute_inlineAttachment_needsNoDownload() {
        bench.api.chunk(500).inline = true;

        assertThat(Bench.read(bench.warehouse.execute(Bench.request()))).isEqualTo(idsTo(500));
        assertThat(bench.api.count(DOWNLOAD)).isZero();
    }

    @Test
    @Tag("AK-04")
    void execute_largeInlineAttachment_isHeldByTheBudgetFromItsFirstByte() {
        byte[] raw = ArrowBytes.stream(0, 150_000, 50_000);
        bench.api.chunk(150_000, raw).inline = true;

        ResultStream stream = bench.warehouse.execute(Bench.request());
        ResultChunk chunk = stream.next().orElseThrow();

        assertThat(bench.budget.used()).as("held while the chunk is").isGreaterThanOrEqualTo(raw.length);
        assertThat(bench.budget.peak()).as("text, tree and bytes").isGreaterThanOrEqualTo(3L * raw.length);
        chunk.close();
        stream.close();
        assertThat(bench.budget.used()).isZero();
    }

    @Test
    void execute_inlineAttachmentThatNobodyReads_isGivenBack() {
        bench.api.chunk(150_000, ArrowBytes.lz4(ArrowBytes.stream(0, 150_000, 50_000))).inline = true;

        bench.warehouse.execute(Bench.request()).close();

        assertThat(bench.budget.used()).isZero();
    }

    @Test
    void execute_inlineAttachmentBeyondTheBudget_isNotTaken() {
        bench.api.chunk(150_000, ArrowBytes.stream(0, 150_000, 50_000)).inline = true;
        try (MemoryBudget.Reservation other = bench.budget.reserve(Bench.BUDGET - 1000, Deadline.after(LONG))) {
            assertThat(other.bytes()).isPositive();
            assertFails(
                    () -> bench.warehouse.execute(Bench.request(Duration.ofMillis(800))),
                    CoreError.STATEMENT_OUTCOME_UNKNOWN);
        }
    }

    @Test
    void execute_uncompressedChunk_isReadAsItIs() {
        bench.api.chunk(700, ArrowBytes.stream(0, 700, 100));

        assertThat(Bench.read(bench.warehouse.execute(Bench.request()))).isEqualTo(idsTo(700));
    }

    @Test
    void execute_noRows_endsAtOnce() {
        assertThat(Bench.read(bench.warehouse.execute(Bench.request()))).isEmpty();
    }

    @Test
    @Tag("AK-20")
    @Tag("AK-26")
    void execute_anyCall_carriesUserAgentAndDownloadsCarryNoToken() {
        bench.api.chunk(10).chunk(10).chunk(10);
        bench.api.states.add("PENDING");

        Bench.read(bench.warehouse.execute(Bench.request()));

        assertThat(bench.api.seen)
                .allSatisfy(request -> assertThat(request.headers().getFirst("User-Agent"))
                        .startsWith(Bench.USER_AGENT + " Lakeport/"));
        assertThat(bench.api.requests(DOWNLOAD)).hasSize(3).allSatisfy(request -> {
            assertThat(request.headers().containsKey("Authorization")).isFalse();
            assertThat(request.headers().getFirst("x-storage-key")).startsWith("k");
        });
        assertThat(bench.api.seen).extracting(FakeApi.Seen::route).contains(LINKS, FakeApi.Route.POLL, CLOSE);
    }

    @Test
    @Tag("AK-04")
    void next_slowReader_stopsDownloadsAtTheWindow() throws Exception {
        long window = 3L << 20;
        SeaLimits limits = Bench.limits(window, LONG, LONG, LONG);
        for (int i = 0; i < 40; i++) {
            bench.api.chunk(8000);
        }
        try (SeaWarehouse small = bench.open(limits)) {
            ResultStream stream = small.execute(Bench.request());
            ResultChunk first = stream.next().orElseThrow();
            Thread.sleep(300);

            assertThat(bench.api.count(DOWNLOAD)).isLessThan(40);
            assertThat(bench.budget.peak()).isLessThanOrEqualTo(window);
            first.close();
            assertThat(Bench.read(new Rest(stream, first.rowCount()))).hasSize(40 * 8000 - 8000);
            assertThat(bench.budget.peak()).isLessThanOrEqualTo(window);
        }
    }

    @Test
    void next_forecastTooSmall_startsAgainFromThatChunk() {
        bench.api.chunk(20_000).chunk(20_000).chunk(20_000);
        // A manifest that promises far less than comes.
        bench.api.totalBytes = 3;
        byte[] large = ArrowBytes.stream(60_000, 400_000, 50_000);
        bench.api.chunk(400_000, ArrowBytes.lz4(large));

        List<Long> ids = Bench.read(bench.warehouse.execute(Bench.request()));

        assertThat(ids).hasSize(460_000).startsWith(0L).endsWith(459_999L);
        assertThat(bench.budget.peak()).isLessThanOrEqualTo(Bench.BUDGET);
    }

    @Test
    void next_allChunksHeldOpen_endsInAnErrorAndNotInAHang() {
        SeaLimits limits = Bench.limits(1 << 20, LONG, Duration.ofMillis(200), LONG);
        for (int i = 0; i < 20; i++) {
            bench.api.chunk(8000);
        }
        List<ResultChunk> held = new ArrayList<>();
        try (SeaWarehouse small = bench.open(limits)) {
            ResultStream stream = small.execute(Bench.request());
            assertFails(
                    () -> {
                        for (int i = 0; i < 20; i++) {
                            held.add(stream.next().orElseThrow());
                        }
                    },
                    CoreError.MEMORY_BUDGET_EXCEEDED);
            held.forEach(ResultChunk::close);
        }
    }

    @Test
    void close_midWay_endsDownloadsAndClosesStatement() {
        for (int i = 0; i < 30; i++) {
            bench.api.chunk(5000);
        }
        ResultStream stream = bench.warehouse.execute(Bench.request());
        ResultChunk first = stream.next().orElseThrow();

        stream.close();

        assertThat(first.data().remaining()).as("a chunk outlives its stream").isPositive();
        first.close();
        assertThat(bench.api.count(CLOSE)).isOne();
        assertThatThrownBy(stream::next).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void next_interrupted_isCancelledAndClosed() {
        bench.api.chunk(100).chunk(100);
        bench.api.always(DOWNLOAD, FakeApi.except(0, FakeApi.SILENCE));
        ResultStream stream = bench.warehouse.execute(Bench.request());
        stream.next().orElseThrow().close();

        Thread.currentThread().interrupt();

        assertFails(stream::next, CoreError.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(bench.api.count(CLOSE)).isOne();
    }

    @Test
    void execute_cutWithoutLimit_isAnError() {
        bench.api.chunk(100).truncated = true;

        assertFails(() -> bench.warehouse.execute(Bench.request()), CoreError.RESULT_TRUNCATED);
        assertThat(bench.api.count(CLOSE)).isOne();
    }

    @Test
    void execute_cutAtTheLimitAskedFor_isFine() {
        bench.api.chunk(100).truncated = true;
        StatementRequest request =
                StatementRequest.of("SELECT 1").rowLimit(100).build(Deadline.after(Duration.ofSeconds(20)));

        ResultStream stream = bench.warehouse.execute(request);

        assertThat(stream.truncated()).isTrue();
        assertThat(Bench.read(stream)).hasSize(100);
    }

    @Test
    void execute_closedWithResult_isReadAndNotClosedAgain() {
        bench.api.chunk(100).inline = true;
        bench.api.end = "CLOSED";

        assertThat(Bench.read(bench.warehouse.execute(Bench.request()))).hasSize(100);
        assertThat(bench.api.count(CLOSE)).isZero();
    }

    /** A stream of which some rows were read already. */
    private record Rest(ResultStream all, long read) implements ResultStream {
        @Override
        public io.lakeport.core.query.StatementId statementId() {
            return all.statementId();
        }

        @Override
        public io.lakeport.core.query.ResultSchema schema() {
            return all.schema();
        }

        @Override
        public java.util.OptionalLong totalRows() {
            return all.totalRows();
        }

        @Override
        public boolean truncated() {
            return all.truncated();
        }

        @Override
        public java.util.Optional<ResultChunk> next() {
            return all.next()
                    .map(chunk -> new ResultChunk(
                            chunk.index(), chunk.rowOffset() - read, chunk.rowCount(), chunk.data(), chunk::close));
        }

        @Override
        public void close() {
            all.close();
        }
    }
}
