package io.lakeport.auth.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.auth.MovableClock;
import io.lakeport.auth.vault.TinkVaultProvider;
import io.lakeport.auth.vault.VariableKeyProvider;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.user.ConnectionUser;
import io.lakeport.core.auth.user.StoredUserCredentials;
import io.lakeport.core.auth.user.UserCredential;
import io.lakeport.core.auth.user.UserCredentials;
import io.lakeport.core.auth.user.UserId;
import io.lakeport.core.secret.KeyProvider;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.state.Document;
import io.lakeport.core.state.InMemoryStateStore;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.localworkspace.http.LoggedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Users' credentials in a state store that hosts share, sealed by the vault. */
class StoredUserCredentialsTest {
    private static final String CANARY = "doau-canary-4711";
    private static final TenantId ACME = TenantId.of("acme");
    private static final ConnectionUser JANE =
            new ConnectionUser(ACME, UserId.of("Jane D\u00f6\u00e9 <jane@example.com>"));

    private final MovableClock clock = new MovableClock();
    private final StateStore states = new InMemoryStateStore(clock);
    private final UserCredentials one = host();
    private final UserCredentials other = host();

    private UserCredentials host() {
        return new StoredUserCredentials(states, vault(), clock);
    }

    private SecretVault vault() {
        KeyProvider.KeyContext context = new KeyProvider.KeyContext(
                Map.of(), Map.of("key", Secret.of("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")), Path.of("."));
        return new TinkVaultProvider().open(states, new VariableKeyProvider().open(context), clock);
    }

    private static UserCredential credential(String token) {
        return UserCredential.obtained(
                JANE,
                "oauth-u2m",
                Map.of("scope", "sql offline_access"),
                Map.of("refresh_token", Secret.of(token)),
                Instant.parse("2026-11-21T12:00:00Z"));
    }

    @Test
    @Tag("DK-25")
    void write_twoHosts_oneWinsAndBothReadIt() {
        long first = one.write(credential(CANARY), 0).orElseThrow();
        assertThat(other.write(credential("another"), 0)).isEmpty();
        UserCredentials.Kept kept = other.find(JANE).orElseThrow();
        assertThat(kept.revision()).isEqualTo(first);
        assertThat(kept.credential().secrets().get("refresh_token").reveal()).isEqualTo(CANARY);
        assertThat(kept.credential().properties()).containsEntry("scope", "sql offline_access");

        Instant now = Instant.parse("2026-11-21T13:00:00Z");
        assertThat(other.write(kept.credential().used(now), first)).isPresent();
        assertThat(one.write(kept.credential().used(now), first)).isEmpty();
        assertThat(one.of(JANE.user(), List.of(TenantId.of("bolt"), ACME)))
                .singleElement()
                .satisfies(found -> assertThat(found.lastUsedAt()).contains(now));
    }

    @Test
    void state_holdsNoSecret_andWhatIsRemovedOpensNoMore() {
        one.write(credential(CANARY), 0).orElseThrow();
        one.begin(new UserCredentials.Begun(
                "hash", JANE, "https://h/cb", "sql", Secret.of(CANARY), Secret.of(CANARY), clock.instant()));
        Document before = states.of(ACME)
                .list("user-credential", "", Optional.empty(), 10)
                .documents()
                .get(0);
        for (StateSpace space : List.of(states.of(ACME), states.host())) {
            for (String kind : List.of("user-credential", "sign-in")) {
                assertThat(space.list(kind, "", Optional.empty(), 100).documents())
                        .allSatisfy(document -> assertThat(document.text()).doesNotContain(CANARY, "canary"));
            }
        }

        assertThat(other.remove(JANE)).isTrue();
        assertThat(one.find(JANE)).isEmpty();
        assertThat(one.remove(JANE)).isFalse();
        // Somebody puts the old bytes back, for example from a backup.
        long unused = states.of(ACME).create(before.key(), before.content());
        assertThat(one.find(JANE)).isEmpty();
        assertThat(one.write(credential("new"), 0)).isPresent();
        assertThat(other.find(JANE)
                        .orElseThrow()
                        .credential()
                        .secrets()
                        .get("refresh_token")
                        .reveal())
                .isEqualTo("new");
    }

    @Test
    void take_ofOneState_servesOnceOnWhicheverHost() {
        one.begin(new UserCredentials.Begun(
                "hash",
                JANE,
                "https://h/cb",
                "sql",
                Secret.of("nonce"),
                Secret.of("verifier"),
                clock.instant().plusSeconds(600)));

        UserCredentials.Begun begun = other.take("hash").begun().orElseThrow();
        assertThat(begun.owner()).isEqualTo(JANE);
        assertThat(begun.verifier().reveal()).isEqualTo("verifier");
        assertThat(one.take("hash").coming()).isEqualTo(UserCredentials.Coming.AGAIN);
        assertThat(one.take("forged").coming()).isEqualTo(UserCredentials.Coming.UNKNOWN);
        clock.advance(Duration.ofHours(3));
        one.begin(new UserCredentials.Begun(
                "next", JANE, "https://h/cb", "sql", Secret.of("n"), Secret.of("v"), clock.instant()));
        assertThat(one.take("hash").coming()).isEqualTo(UserCredentials.Coming.UNKNOWN);
    }

    @Test
    void claim_ofADeadHost_endsByItself() {
        UserCredentials.Claim held = one.claim(JANE, Duration.ofSeconds(90)).orElseThrow();
        assertThat(other.claim(JANE, Duration.ofSeconds(90))).isEmpty();
        clock.advance(Duration.ofSeconds(91));
        UserCredentials.Claim next = other.claim(JANE, Duration.ofSeconds(90)).orElseThrow();
        held.close();
        assertThat(one.claim(JANE, Duration.ofSeconds(90)))
                .as("the dead host's is no more")
                .isEmpty();
        next.close();
        assertThat(one.claim(JANE, Duration.ofSeconds(90))).isPresent();
    }

    @Test
    void token_threadsOnTwoHostsWithOneStore_refreshOnceAnHour() throws Exception {
        try (UserWorld world = new UserWorld(clock)) {
            world.store = one;
            world.signIn("jane");
            TokenSource here = UserWorld.PROVIDER.open(world.context("jane"));
            world.store = other;
            TokenSource there = UserWorld.PROVIDER.open(world.context("jane"));
            for (int hour = 1; hour <= 3; hour++) {
                clock.advance(Duration.ofMinutes(61));
                world.workspace.workspace().requests().clear();
                assertThat(together(8, here, there))
                        .hasSize(8)
                        .containsOnly(here.token(UserWorld.soon()).value().reveal());
                assertThat(world.workspace.workspace().requests().all())
                        .extracting(LoggedRequest::path)
                        .containsExactly("/oidc/v1/token");
            }
        }
    }

    private static List<String> together(int threads, TokenSource... hosts) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            TokenSource host = hosts[i % hosts.length];
            answers.add(pool.submit(() -> {
                start.await();
                return host.token(UserWorld.soon()).value().reveal();
            }));
        }
        List<String> tokens = new ArrayList<>();
        for (Future<String> answer : answers) {
            tokens.add(answer.get());
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        return tokens;
    }
}
