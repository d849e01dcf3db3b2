package io.lakeport.warehouse.sea;

import static io.lakeport.warehouse.sea.FakeApi.Route.CLOSE;
import static io.lakeport.warehouse.sea.FakeApi.Route.DOWNLOAD;
import static io.lakeport.warehouse.sea.FakeApi.Route.LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks that come damaged, late, or not at all: links that end, and storage that refuses. */
class SeaDownloadTest {
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
}
