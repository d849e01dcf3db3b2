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
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results, and everything that can happen to them on the way. */
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
    void next_connectionCutInsideBody_fetchesAgain() {
        bench.api.chunk(3000).chunk(3000);
        byte[] whole = bench.api.chunks.get(1);
        bench.api.fault(DOWNLOAD, (exchange, right) -> {
            exchange.sendResponseHeaders(200, whole.length);
            exchange.getResponseBody().write(whole, 0, whole.length / 2);
            exchange.getResponseBody().flush();
            exchange.getHttpContext().getServer();
            throw new IOException("cut");
        });

        assertThat(Bench.read(bench.warehouse.execute(Bench.request()))).isEqualTo(idsTo(6000));
        assertThat(bench.api.count(DOWNLOAD)).isEqualTo(3);
    }

    @Test
    void next_corruptBlock_fetchesAgain() {
        bench.api.chunk(3000);
        byte[] damaged = bench.api.chunks.get(0).clone();
        damaged[damaged.length / 2] ^= 0x10;
        bench.api.fault(DOWNLOAD, FakeApi.bytes(damaged));

        assertThat(Bench.read(bench.warehouse.execute(Bench.request()))).isEqualTo(idsTo(3000));
    }

    @Test
    void next_shortenedBody_isNeverTakenForWhole() {
        bench.api.chunk(3000);
        byte[] whole = bench.api.chunks.get(0);
        byte[] part = Arrays.copyOf(whole, whole.length - 20);
        bench.api.always(DOWNLOAD, FakeApi.bytes(part));

        ResultStream stream = bench.warehouse.execute(Bench.request());

        assertFails(stream::next, CoreError.RESULT_CORRUPT);
        assertThat(bench.api.count(DOWNLOAD)).as("four tries of three links").isEqualTo(12);
        assertThat(bench.api.count(LINKS)).isEqualTo(2);
        assertThat(bench.api.count(CLOSE)).isOne();
    }

    @Test
    void next_wrongRowCount_isRefused() {
        bench.api.chunk(99, ArrowBytes.lz4(ArrowBytes.stream(0, 100, 50)));

        assertFails(() -> Bench.read(bench.warehouse.execute(Bench.request())), CoreError.RESULT_CORRUPT);
    }

    @Test
    void next_fewerRowsThanManifest_isRefusedAtTheEnd() {
        bench.api.chunk(100).totalRows = 101;

        assertFails(() -> Bench.read(bench.warehouse.execute(Bench.request())), CoreError.RESULT_CORRUPT);
    }

    @Test
    void next_linkRefusedWith403_isRenewed() {
        bench.api.chunk(100).chunk(100);
        bench.api.fault(DOWNLOAD, FakeApi.status(403, "<Code>AccessDenied</Code>"));

        assertThat(Bench.read(bench.warehouse.execute(Bench.request()))).isEqualTo(idsTo(200));
        assertThat(bench.api.count(LINKS)).isEqualTo(2);
    }

    @Test
    void next_freshLinkRefusedToo_saysWhatToCheck() {
        bench.api.chunk(100).chunk(100);
        // The first chunk comes, so the storage is not blocked as a whole.
        bench.api.always(DOWNLOAD, FakeApi.except(0, FakeApi.status(403, "")));

        assertThatThrownBy(() -> Bench.read(bench.warehouse.execute(Bench.request())))
                .hasMessageContaining("firewall")
                .hasMessageNotContaining("sig=");
    }

    @Test
    void next_refusedManyTimesByAStorageThatGaveChunks_goesOn() {
        bench.api.chunk(100);
        Bench.read(bench.warehouse.execute(Bench.request()));
        for (int i = 0; i < 5; i++) {
            bench.api.fault(DOWNLOAD, FakeApi.status(403, ""));
        }

        assertThat(Bench.read(bench.warehouse.execute(Bench.request()))).isEqualTo(idsTo(100));
    }

    @Test
    void next_linkAboutToExpire_isRenewedBeforeUse() {
        bench.api.chunk(100);
        bench.api.linkExpiry = Instant.now().plusSeconds(5);
        bench.api.fault(LINKS, (exchange, right) -> {
            bench.api.linkExpiry = Instant.now().plusSeconds(900);
            right.give();
        });

        assertThat(Bench.read(bench.warehouse.execute(Bench.request()))).isEqualTo(idsTo(100));
        assertThat(bench.api.requests(DOWNLOAD).get(0).path()).endsWith("sig=2");
    }

    @Test
    void next_damagedBehindOneLink_isReadBehindAnother() {
        bench.api.chunk(3000);
        byte[] part = Arrays.copyOf(bench.api.chunks.get(0), 700);
        bench.api.always(DOWNLOAD, (exchange, right) -> {
            if (exchange.getRequestURI().getQuery().equals("sig=1")) {
                FakeApi.bytes(part).answer(exchange, right);
            } else {
                right.give();
            }
        });

        assertThat(Bench.read(bench.warehouse.execute(Bench.request()))).isEqualTo(idsTo(3000));
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, 86_400})
    void next_ourClockIsWrong_linksAreRenewedByTheServersTime(long secondsOff) {
        bench.api.chunk(100).chunk(100).chunk(100);
        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(secondsOff));
        try (SeaWarehouse warehouse = bench.open(Bench.limits(), wrong)) {
            assertThat(Bench.read(warehouse.execute(Bench.request()))).isEqualTo(idsTo(300));
            assertThat(bench.api.count(LINKS))
                    .as("links of the chunks after the first")
                    .isEqualTo(2);

            bench.api.linkExpiry = Instant.now().plusSeconds(5);
            bench.api.fault(LINKS, (exchange, right) -> {
                bench.api.linkExpiry = Instant.now().plusSeconds(900);
                right.give();
            });
            assertThat(Bench.read(warehouse.execute(Bench.request()))).isEqualTo(idsTo(300));
            assertThat(bench.api.count(LINKS)).as("and that of the first one").isEqualTo(5);
        }
    }

    @Test
    @Tag("AA-52")
    void next_storageAsksToWait_isHeeded() {
        bench.api.chunk(100);
        bench.api.fault(DOWNLOAD, FakeApi.status(503, "", "Retry-After", "7"));

        Bench.read(bench.warehouse.execute(Bench.request()));

        assertThat(bench.guard.waits).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void next_silentStorage_isGivenUpAndAskedAgain() throws Exception {
        bench.api.chunk(100);
        bench.api.fault(DOWNLOAD, (exchange, right) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            // Never closed: the client has to notice by itself.
        });

        SeaLimits limits = Bench.limits(Bench.BUDGET, Duration.ofMillis(700), LONG, LONG);
        try (SeaWarehouse impatient = bench.open(limits)) {
            assertThat(Bench.read(impatient.execute(Bench.request()))).isEqualTo(idsTo(100));
        }
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
