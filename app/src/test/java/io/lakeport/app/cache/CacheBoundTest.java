package io.lakeport.app.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.app.config.LakeportConfig;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseCapability;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Isolation;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantScope;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.tenant.WorkspaceHost;
import io.lakeport.core.time.Deadline;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bounds in bytes and time, and what becomes of those who wait, with results whose sizes the statements name. */
class CacheBoundTest {
    private static final long BOUND = 256 * 1024;
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicLong nanos = new AtomicLong();
    private final ResultCache cache = new ResultCache(BOUND, stream -> null, Clock.systemUTC(), nanos::get);
    private final Sizes warehouse = new Sizes();

    /** Gives results of so many chunks of 1,000 bytes as the statement says. */
    private static class Sizes implements Warehouse {
        final AtomicInteger executed = new AtomicInteger();
        final AtomicInteger open = new AtomicInteger();

        @Override
        public ResultStream execute(StatementRequest request) {
            if (!request.sql().startsWith("SELECT * FROM (")) {
                executed.incrementAndGet();
            }
            open.incrementAndGet();
            int chunks = Integer.parseInt(request.sql().replaceAll("(?s)^[^0-9]*([0-9]+).*$", "$1"));
            return new Result(chunks);
        }

        private final class Result implements ResultStream {
            private final int chunks;
            private int next;
            private boolean closed;

            Result(int chunks) {
                this.chunks = chunks;
            }

            @Override
            public StatementId statementId() {
                return new StatementId("s1");
            }

            @Override
            public ResultSchema schema() {
                return new ResultSchema(List.of());
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
                if (next == chunks) {
                    return Optional.empty();
                }
                open.incrementAndGet();
                byte[] bytes = new byte[1_000];
                bytes[0] = (byte) next;
                return Optional.of(new ResultChunk(next++, next, 1, ByteBuffer.wrap(bytes), open::decrementAndGet));
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    open.decrementAndGet();
                }
            }
        }

        @Override
        public Set<WarehouseCapability> capabilities() {
            return Set.of();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private static Tenant tenant(String id) {
        return LakeportConfig.of(new Tenant(
                        TenantId.of(id),
                        WorkspaceHost.parse("https://dbc-1.cloud.databricks.com"),
                        List.of(WarehouseId.of("w1")),
                        "sea",
                        Optional.empty(),
                        Optional.empty(),
                        IdentitySettings.pat(Secret.of("x")),
                        Isolation.SEPARATE_CREDENTIALS,
                        new TenantScope(Set.of(), Set.of(), AccessProfile.READ),
                        UserAgentEntry.parse("Acme_Gadget/1.0"),
                        Duration.ofMinutes(1)))
                .tenant(id);
    }

    private final Tenant acme = tenant("acme");
    private final Tenant zeta = tenant("zeta");

    private ResultStream read(Warehouse from, Tenant tenant, String sql, Duration maxAge) {
        StatementRequest request = StatementRequest.of(sql).build(Deadline.after(Duration.ofMinutes(1)));
        return cache.read(from, tenant, WarehouseId.of("w1"), request, maxAge);
    }

    private int drain(ResultStream stream) {
        int chunks = 0;
        for (Optional<ResultChunk> next = stream.next(); next.isPresent(); next = stream.next()) {
            try (ResultChunk chunk = next.get()) {
                assertThat(chunk.data().get(0)).isEqualTo((byte) chunks);
                assertThat(chunk.index()).isEqualTo(chunks++);
            }
        }
        return chunks;
    }

    @Test
    @Tag("AK-05")
    void read_manyResultsWithReadersThatLinger_neverTakesMoreThanTheBound() {
        Random dice = new Random(7);
        List<ResultStream> lingering = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Tenant tenant = dice.nextBoolean() ? acme : zeta;
            int chunks = dice.nextInt(90);
            ResultStream stream = read(warehouse, tenant, "SELECT " + chunks + " AS n" + dice.nextInt(3), HOUR);
            if (dice.nextInt(10) == 0) {
                lingering.add(stream);
            } else {
                try (stream) {
                    assertThat(drain(stream)).isEqualTo(chunks);
                }
            }
            if (lingering.size() > 4) {
                lingering.remove(0).close();
            }
            assertThat(cache.used()).isLessThanOrEqualTo(BOUND);
            assertThat(cache.use(acme.id()).bytes()).isLessThanOrEqualTo(BOUND / 2);
        }

        assertThat(cache.peak()).isBetween(BOUND / 2, BOUND);
        assertThat(cache.use(acme.id()).hits()).isPositive();
        assertThat(cache.use(acme.id()).evictions()).isPositive();
        assertThat(cache.use(acme.id()).refused()).isPositive();
        lingering.forEach(ResultStream::close);
        assertThat(warehouse.open).hasValue(0);
        cache.forget(acme.id());
        assertThat(cache.use(acme.id()).bytes()).isZero();
        assertThat(cache.use(zeta.id()).bytes()).isEqualTo(cache.used()).isPositive();
        cache.close();
        assertThat(cache.used()).isZero();
    }

    @Test
    void read_resultDroppedWhileItIsRead_isReadToItsEnd() {
        drainAndClose(read(warehouse, acme, "SELECT 20", HOUR));
        ResultStream hit = read(warehouse, acme, "SELECT 20", HOUR);
        ResultChunk first = hit.next().orElseThrow();
        cache.forget(acme.id());

        assertThat(cache.used()).isPositive();
        assertThat(first.data().get(0)).isZero();
        hit.close();
        assertThat(first.data().remaining()).isEqualTo(1_000);
        first.close();
        assertThat(cache.used()).isZero();
    }

    private void drainAndClose(ResultStream stream) {
        try (stream) {
            assertThat(drain(stream)).isNotNegative();
        }
    }

    @Test
    void read_olderThanAsked_runsAgain() {
        drainAndClose(read(warehouse, acme, "SELECT 3", HOUR));
        nanos.addAndGet(Duration.ofMinutes(10).toNanos());

        drainAndClose(read(warehouse, acme, "SELECT 3", Duration.ofMinutes(11)));
        assertThat(warehouse.executed).hasValue(1);
        drainAndClose(read(warehouse, acme, "SELECT 3", Duration.ofMinutes(9)));
        assertThat(warehouse.executed).hasValue(2);
        nanos.addAndGet(Duration.ofMinutes(61).toNanos());
        assertThat(cache.use(acme.id()).entries()).isZero();
        assertThat(cache.used()).isZero();
    }

    @Test
    void read_leaderCancelled_theNextRunsAndTheRestGetItsResult() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Sizes hanging = new Sizes() {
            @Override
            public ResultStream execute(StatementRequest request) {
                running.countDown();
                try {
                    new CountDownLatch(1).await();
                    throw new IllegalStateException("nobody counts down");
                } catch (InterruptedException e) {
                    throw new LakeportException(CoreError.INTERRUPTED, "interrupted", e);
                }
            }
        };
        AtomicInteger failures = new AtomicInteger();
        Thread leader = new Thread(() -> {
            try {
                drainAndClose(read(hanging, acme, "SELECT 5", HOUR));
            } catch (LakeportException e) {
                failures.incrementAndGet();
            }
        });
        leader.start();
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        List<CompletableFuture<Void>> followers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            followers.add(CompletableFuture.runAsync(() -> drainAndClose(read(warehouse, acme, "SELECT 5", HOUR))));
        }
        leader.interrupt();
        leader.join(30_000);

        for (CompletableFuture<Void> follower : followers) {
            follower.get(30, TimeUnit.SECONDS);
        }
        assertThat(failures).hasValue(1);
        assertThat(warehouse.executed).hasValue(1);
        assertThat(warehouse.open).hasValue(0);
    }

    @Test
    void read_resultThatBreaksOff_givesEverythingBack() {
        Sizes broken = new Sizes() {
            @Override
            public ResultStream execute(StatementRequest request) {
                ResultStream whole = super.execute(request);
                return new io.lakeport.core.query.ForwardingStream(whole) {
                    @Override
                    public Optional<ResultChunk> next() {
                        return super.next().filter(chunk -> {
                            if (chunk.index() == 2) {
                                chunk.close();
                                throw new LakeportException(CoreError.RESULT_CORRUPT, "cut");
                            }
                            return true;
                        });
                    }
                };
            }
        };

        assertThatThrownBy(() -> read(broken, acme, "SELECT 5", HOUR)).isInstanceOf(LakeportException.class);
        assertThat(cache.used()).isZero();
        assertThat(broken.open).hasValue(0);
        drainAndClose(read(warehouse, acme, "SELECT 5", HOUR));
    }
}
