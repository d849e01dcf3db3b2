package io.lakeport.auth.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.auth.CanaryWatch;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenCache;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import io.lakeport.testwatch.ExpectWarnings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CaffeineTokenCacheTest {
    private static final TenantId ACME = TenantId.of("acme");
    private static final Duration HOUR = Duration.ofHours(1);

    @RegisterExtension
    final CanaryWatch log = new CanaryWatch();

    private final StepClock clock = new StepClock();
    private final TokenCache cache = new CaffeineTokenCacheProvider().open(clock);

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    @Tag("AK-18")
    void token_twoHundredCallersAtOnce_oneFetch() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Issuer issuer = new Issuer(HOUR, () -> go.await());
        TokenSource source = cache.cached(ACME, issuer);
        ExecutorService callers = Executors.newFixedThreadPool(200);
        List<Future<AccessToken>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(callers.submit(() -> source.token(soon())));
        }
        go.countDown();

        for (Future<AccessToken> answer : answers) {
            assertThat(answer.get().headerValue()).isEqualTo("Bearer token-1");
        }
        assertThat(issuer.fetches.get()).isEqualTo(1);
        callers.shutdown();
        assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void token_twoHundredCallersOfARefusedFetch_oneFetchAndAnErrorEach() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Issuer issuer = new Issuer(HOUR, () -> go.await());
        issuer.failure = new LakeportException(CoreError.WRONG_SECRET, "wrong");
        TokenSource source = cache.cached(ACME, issuer);
        ExecutorService callers = Executors.newFixedThreadPool(200);
        CountDownLatch waiting = new CountDownLatch(200);
        List<Future<LakeportException>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(callers.submit(() -> {
                waiting.countDown();
                return catchThrowableOfType(LakeportException.class, () -> source.token(soon()));
            }));
        }
        waiting.await();
        Thread.sleep(100);
        go.countDown();

        List<LakeportException> seen = Collections.synchronizedList(new ArrayList<>());
        for (Future<LakeportException> answer : answers) {
            seen.add(answer.get());
        }
        assertThat(seen).allMatch(e -> e.is(CoreError.WRONG_SECRET)).doesNotHaveDuplicates();
        assertThat(issuer.fetches.get()).isLessThan(5);
        callers.shutdown();
        assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Tag("AK-23")
    @Tag("DF-27")
    void token_twentyMinutesBeforeItsEnd_oldOneIsGivenWhileAnotherIsFetched() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Issuer issuer = new Issuer(HOUR, () -> {});
        TokenSource source = cache.cached(ACME, issuer);
        source.token(soon());
        clock.forward(Duration.ofMinutes(39));
        assertThat(source.token(soon()).headerValue()).endsWith("token-1");
        assertThat(issuer.fetches.get()).isEqualTo(1);

        issuer.before = () -> go.await();
        clock.forward(Duration.ofMinutes(1));
        for (int i = 0; i < 50; i++) {
            assertThat(source.token(soon()).headerValue()).as("nobody waits").endsWith("token-1");
        }
        go.countDown();
        until(() -> source.token(soon()).headerValue().endsWith("token-2"));
        assertThat(issuer.fetches.get()).isEqualTo(2);
    }

    @Test
    void token_shortLived_isStaleFromHalfItsLife() throws Exception {
        Issuer issuer = new Issuer(Duration.ofMinutes(10), () -> {});
        TokenSource source = cache.cached(ACME, issuer);
        source.token(soon());
        clock.forward(Duration.ofSeconds(299));
        source.token(soon());
        assertThat(issuer.fetches.get()).isEqualTo(1);

        clock.forward(Duration.ofSeconds(1));
        source.token(soon());
        until(() -> issuer.fetches.get() == 2);
    }

    @Test
    void token_fortySecondsBeforeItsEnd_isNotHandedOutAgain() {
        Issuer issuer = new Issuer(HOUR, () -> {});
        TokenSource source = cache.cached(ACME, issuer);
        source.token(soon());

        clock.forward(HOUR.minusSeconds(40));

        assertThat(source.token(soon()).headerValue()).isEqualTo("Bearer token-2");
    }

    @Test
    void token_livesShorterThanTheMargin_isStillCached() {
        Issuer issuer = new Issuer(Duration.ofSeconds(20), () -> {});
        TokenSource source = cache.cached(ACME, issuer);

        source.token(soon());
        source.token(soon());

        assertThat(issuer.fetches.get()).isEqualTo(1);
    }

    @Test
    void token_neverEnds_isFetchedOnce() {
        Issuer issuer = new Issuer(null, () -> {});
        TokenSource source = cache.cached(ACME, issuer);
        source.token(soon());
        clock.forward(Duration.ofDays(300));

        assertThat(source.token(soon()).headerValue()).isEqualTo("Bearer token-1");
    }

    @Test
    void token_fetchFails_nextCallerAsksAgain() {
        Issuer issuer = new Issuer(HOUR, () -> {});
        issuer.failure = new LakeportException(CoreError.SERVICE_UNAVAILABLE, "busy");
        TokenSource source = cache.cached(ACME, issuer);
        LakeportException failure = catchThrowableOfType(LakeportException.class, () -> source.token(soon()));
        assertThat(failure.context()).containsEntry("tenant", "acme");
        assertThat(log.logged()).as("thrown, so not logged").isEmpty();

        issuer.failure = null;

        assertThat(source.token(soon()).headerValue()).isEqualTo("Bearer token-2");
    }

    @Test
    void token_sourceThrowsSomethingElse_becomesInternalWithItsCause() {
        TokenSource source = cache.cached(ACME, deadline -> {
            throw new AssertionError("broken plugin");
        });

        LakeportException failure = catchThrowableOfType(LakeportException.class, () -> source.token(soon()));

        assertThat(failure.is(CoreError.INTERNAL)).isTrue();
        assertThat(failure).hasRootCauseMessage("broken plugin");
    }

    @Test
    @ExpectWarnings("could not be refreshed ahead")
    void token_refreshAheadFails_waitsAMinuteWhileTheOldOneIsGood() throws Exception {
        Issuer issuer = new Issuer(HOUR, () -> {});
        TokenSource source = cache.cached(ACME, issuer);
        source.token(soon());
        issuer.failure = new LakeportException(CoreError.SERVICE_UNAVAILABLE, "busy");
        clock.forward(Duration.ofMinutes(45));

        source.token(soon());
        until(() -> log.logged().stream().anyMatch(line -> line.contains("could not be refreshed")));
        clock.forward(Duration.ofSeconds(59));
        assertThat(source.token(soon()).headerValue()).endsWith("token-1");
        assertThat(issuer.fetches.get()).isEqualTo(2);

        issuer.failure = null;
        clock.forward(Duration.ofSeconds(1));
        source.token(soon());
        until(() -> source.token(soon()).headerValue().endsWith("token-3"));
    }

    @Test
    void reject_currentToken_isFetchedAnew_andALateReportOfTheOldOneIsIgnored() {
        Issuer issuer = new Issuer(HOUR, () -> {});
        TokenSource source = cache.cached(ACME, issuer);
        AccessToken first = source.token(soon());

        source.reject(first);
        AccessToken second = source.token(soon());
        source.reject(first);

        assertThat(second.headerValue()).isEqualTo("Bearer token-2");
        assertThat(source.token(soon())).isSameAs(second);
    }

    @Test
    @Tag("AK-09")
    void forget_oneTenant_leavesTheOthers() {
        Issuer acme = new Issuer(HOUR, () -> {});
        Issuer bolt = new Issuer(HOUR, () -> {});
        TokenSource ofAcme = cache.cached(ACME, acme);
        TokenSource ofBolt = cache.cached(TenantId.of("bolt"), bolt);
        ofAcme.token(soon());
        ofBolt.token(soon());

        cache.forget(ACME);
        ofAcme.token(soon());
        ofBolt.token(soon());

        assertThat(acme.fetches.get()).isEqualTo(2);
        assertThat(bolt.fetches.get()).isEqualTo(1);
    }

    @Test
    void forget_whileRefreshing_theOldIdentityDoesNotComeBack() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Issuer issuer = new Issuer(HOUR, () -> {});
        TokenSource source = cache.cached(ACME, issuer);
        source.token(soon());
        clock.forward(Duration.ofMinutes(45));
        issuer.before = () -> go.await();
        source.token(soon());
        until(() -> issuer.fetches.get() == 2);

        cache.forget(ACME);
        go.countDown();
        until(() -> issuer.done.get() == 2);

        assertThat(source.token(soon()).headerValue()).isEqualTo("Bearer token-3");
    }

    @Test
    void token_callerWithLittleTime_leavesTheFetchToTheOthers() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Issuer issuer = new Issuer(HOUR, () -> go.await());
        TokenSource source = cache.cached(ACME, issuer);

        assertThatThrownBy(() -> source.token(Deadline.after(Duration.ofMillis(50))))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.is(CoreError.DEADLINE_EXCEEDED)).isTrue());
        ExecutorService patient = Executors.newSingleThreadExecutor();
        Future<AccessToken> answer = patient.submit(() -> source.token(soon()));
        go.countDown();

        assertThat(answer.get().headerValue()).isEqualTo("Bearer token-1");
        assertThat(issuer.fetches.get()).isEqualTo(1);
        patient.shutdown();
    }

    @Test
    void close_whileFetching_failsWaitersAndEndsThreads() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Issuer issuer = new Issuer(HOUR, () -> never.await());
        TokenSource source = cache.cached(ACME, issuer);
        ExecutorService waiter = Executors.newSingleThreadExecutor();
        Future<LakeportException> answer =
                waiter.submit(() -> catchThrowableOfType(LakeportException.class, () -> source.token(soon())));
        until(() -> issuer.fetches.get() == 1);

        cache.close();

        assertThat(answer.get(10, TimeUnit.SECONDS).is(CoreError.INTERRUPTED)).isTrue();
        assertThatThrownBy(() -> source.token(soon())).hasMessageContaining("closed");
        until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("lakeport-token-")));
        waiter.shutdown();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static void until(java.util.function.BooleanSupplier done) throws InterruptedException {
        Deadline limit = Deadline.after(Duration.ofSeconds(10));
        while (!done.getAsBoolean()) {
            limit.check("waiting in a test");
            Thread.sleep(5);
        }
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private final class Issuer implements TokenSource {
        final AtomicInteger fetches = new AtomicInteger();
        final AtomicInteger done = new AtomicInteger();
        final Duration life;
        volatile Step before;
        volatile LakeportException failure;

        Issuer(Duration life, Step before) {
            this.life = life;
            this.before = before;
        }

        @Override
        public AccessToken token(Deadline deadline) {
            int number = fetches.incrementAndGet();
            try {
                before.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LakeportException(CoreError.INTERRUPTED, "interrupted", e);
            } finally {
                done.incrementAndGet();
            }
            if (failure != null) {
                throw failure;
            }
            return new AccessToken(
                    Secret.of("token-" + number),
                    clock.instant(),
                    Optional.ofNullable(life).map(clock.instant()::plus));
        }
    }

    private static final class StepClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-21T10:00:00Z");

        void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
