package io.lakeport.auth.user;

import static io.lakeport.auth.user.UserWorld.PROVIDER;
import static io.lakeport.auth.user.UserWorld.REDIRECT;
import static io.lakeport.auth.user.UserWorld.owner;
import static io.lakeport.auth.user.UserWorld.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.auth.MovableClock;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.user.SignInStart;
import io.lakeport.core.auth.user.UserCredential;
import io.lakeport.core.auth.user.UserCredentials;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.localworkspace.http.LoggedRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users sign in to the local workspace through a host application, and everything that can go wrong on the way. */
class CodeFlowTest {
    private static final MovableClock clock = new MovableClock();
    private static UserWorld world;

    @BeforeAll
    static void start() {
        world = new UserWorld(clock);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void forget() {
        world.forgetUsers();
    }

    @Test
    @Tag("DK-16")
    @Tag("DK-21")
    @Tag("DK-24")
    @Tag("DK-25")
    @Tag("AK-20")
    void signIn_codeAndPkce_keepsACredentialWithAgeAndLastUse() {
        TokenSourceContext context = world.context("jane", Map.of("scope", "sql offline_access openid"));
        SignInStart start = PROVIDER.start(context, REDIRECT);
        Map<String, String> asked = UserWorld.query(start.url().getRawQuery());
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("scope", "sql offline_access openid")
                .containsEntry("state", start.state())
                .containsKey("nonce");
        assertThat(start.url().toString()).doesNotContain(world.clientSecret.reveal());

        Instant before = clock.instant();
        UserCredential credential = world.callback(context, world.browse(start));
        assertThat(credential.obtainedAt()).isBetween(before, clock.instant());
        assertThat(credential.lastUsedAt()).isEmpty();
        assertThat(credential.properties()).containsEntry("signed_in_as", "jane@example.com");
        assertThat(credential.toString())
                .doesNotContain(credential.secrets().get("refresh_token").reveal());

        AccessToken token = PROVIDER.open(context).token(soon());
        assertThat(token.value().reveal().split("\\.")).hasSize(3);
        assertThat(kept("jane").lastUsedAt()).isPresent();
        assertThat(world.workspace.workspace().requests().all())
                .filteredOn(request -> !request.path().endsWith("/authorize"))
                .hasSize(3)
                .extracting(LoggedRequest::userAgent)
                .allSatisfy(agent -> assertThat(agent).startsWith("Acme_Widget/1.2.3 Lakeport/"));
    }

    @Test
    void callback_replayedForgedLateOrOfAnotherUser_isToldApartAndKeepsNothing() {
        TokenSourceContext context = world.context("jane");
        Map<String, String> good = world.browse(PROVIDER.start(context, REDIRECT));
        String hash = RandomText.hash(good.get("state"));
        UserCredentials.Begun begun = world.store.take(hash).begun().orElseThrow();
        assertThat(world.store.take(hash).coming()).isEqualTo(UserCredentials.Coming.AGAIN);
        assertThat(world.store.take(RandomText.hash("forged")).coming()).isEqualTo(UserCredentials.Coming.UNKNOWN);

        assertThat(refused(world.context("mallory"), begun, good).is(SignInError.SIGN_IN_FORGED))
                .isTrue();
        assertThat(refused(context, begun, with(good, "iss", "https://evil.example.com/oidc")))
                .matches(e -> e.is(SignInError.SIGN_IN_FORGED))
                .hasMessageContaining("another issuer");
        assertThat(refused(context, begun, Map.of("state", good.get("state"))).is(SignInError.SIGN_IN_FORGED))
                .isTrue();
        LakeportException forgedCode = refused(context, begun, with(good, "code", "dcod-forged-0123"));
        assertThat(forgedCode.is(SignInError.SIGN_IN_EXPIRED)).isTrue();
        assertThat(forgedCode.getMessage()).doesNotContain("dcod-forged-0123");
        clock.advance(CodeFlow.LIFETIME);
        assertThat(refused(context, begun, good).is(SignInError.SIGN_IN_EXPIRED))
                .isTrue();
        assertThat(world.store.find(owner("jane"))).isEmpty();
        assertThat(world.store.find(owner("mallory"))).isEmpty();
    }

    @Test
    void callback_sayingNo_isDeniedWithWhatWasSaidMadeHarmless() {
        TokenSourceContext context = world.context("jane");
        UserCredentials.Begun begun = begun(context);

        assertThat(refused(context, begun, Map.of("error", "access_denied", "error_description", "no\nmore\u0007")))
                .matches(e -> e.is(SignInError.SIGN_IN_DENIED))
                .hasMessageContaining("access_denied: no more");
        assertThat(refused(context, begun, Map.of("error", "invalid_scope")).is(SignInError.WRONG_SCOPE))
                .isTrue();
    }

    @Test
    void callback_codeOfAnotherStart_isRefusedByItsVerifier() {
        TokenSourceContext context = world.context("jane");
        Map<String, String> stolen = world.browse(PROVIDER.start(world.context("victim"), REDIRECT));
        UserCredentials.Begun mine = begun(context);

        assertThat(refused(context, mine, stolen).is(SignInError.SIGN_IN_EXPIRED))
                .isTrue();
        assertThat(world.store.find(owner("jane"))).isEmpty();
    }

    @Test
    void callback_nonceOfAnotherStart_isForged() {
        TokenSourceContext context = world.context("jane", Map.of("scope", "sql offline_access openid"));
        Map<String, String> back = world.browse(PROVIDER.start(context, REDIRECT));
        UserCredentials.Begun b =
                world.store.take(RandomText.hash(back.get("state"))).begun().orElseThrow();
        UserCredentials.Begun other = new UserCredentials.Begun(
                b.stateHash(), b.owner(), b.redirect(), b.scope(), Secret.of("another"), b.verifier(), b.endsAt());

        assertThat(refused(context, other, back))
                .matches(e -> e.is(SignInError.SIGN_IN_FORGED))
                .hasMessageContaining("nonce");
    }

    @Test
    void callback_hostsClockTwoHoursOff_isSkewAndNotForgery() {
        try (UserWorld now = new UserWorld(Clock.systemUTC())) {
            Clock off = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
            TokenSourceContext context = now.context("jane", Map.of("scope", "sql offline_access openid"), off);
            Map<String, String> back = now.browse(PROVIDER.start(context, REDIRECT));

            assertThat(catchThrowableOfType(LakeportException.class, () -> now.callback(context, back)))
                    .matches(e -> e.is(SignInError.CLOCK_SKEW))
                    .hasMessageContaining("minutes ahead");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://host.example.com/callback",
                "https://user@host.example.com/callback",
                "https://host.example.com/callback#x",
                "javascript:alert(1)"
            })
    void start_redirectWhereNoCodeMayGo_isRefused(String redirect) {
        assertThat(catchThrowableOfType(
                                LakeportException.class,
                                () -> PROVIDER.start(world.context("jane"), URI.create(redirect)))
                        .is(CoreError.INVALID_CONFIGURATION))
                .isTrue();
    }

    @Test
    void start_redirectsConfigured_onlyThoseLetterByLetter() {
        TokenSourceContext context = world.context("jane", Map.of("redirect_urls", "http://host.example.com/cb"));

        assertThat(PROVIDER.start(context, URI.create("http://host.example.com/cb"))
                        .state())
                .hasSize(43);
        assertThat(catchThrowableOfType(
                        LakeportException.class,
                        () -> PROVIDER.start(context, URI.create("http://host.example.com/cb/"))))
                .hasMessageContaining("letter by letter");
    }

    @Test
    void token_manyThreadsOnThreeHosts_refreshOnceAndNeverBurnTheToken() throws Exception {
        Secret first = world.signIn("jane").secrets().get("refresh_token");
        clock.advance(Duration.ofMinutes(61));
        world.workspace.workspace().requests().clear();
        List<TokenSource> hosts = List.of(
                PROVIDER.open(world.context("jane")),
                PROVIDER.open(world.context("jane")),
                PROVIDER.open(world.context("jane")));
        int threads = 24;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            TokenSource host = hosts.get(i % 3);
            answers.add(pool.submit(() -> {
                together.await();
                return host.token(soon()).value().reveal();
            }));
        }
        List<String> tokens = new ArrayList<>();
        for (Future<String> answer : answers) {
            tokens.add(answer.get());
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(5, TimeUnit.SECONDS)).isTrue();

        assertThat(tokens).containsOnly(tokens.get(0));
        assertThat(world.workspace.workspace().requests().all())
                .extracting(LoggedRequest::path)
                .containsExactly("/oidc/v1/token");
        Secret second = kept("jane").secrets().get("refresh_token");
        assertThat(second.sameValueAs(first)).isFalse();
        assertThat(kept("jane").renewedAt()).isPresent();
        for (int hour = 0; hour < 5; hour++) {
            clock.advance(Duration.ofMinutes(61));
            assertThat(hosts.get(hour % 3).token(soon()).headerValue()).startsWith("Bearer ");
        }
    }

    @Test
    void token_refreshTokenRevokedOrExpired_endsTheCredentialAndSaysWhich() {
        world.signIn("jane");
        clock.advance(Duration.ofMinutes(61));
        world.workspace.identities().revokeOAuthTokens(world.jane);
        TokenSource source = PROVIDER.open(world.context("jane"));

        LakeportException revoked = fails(source);
        assertThat(revoked.is(SignInError.TOKEN_REVOKED)).isTrue();
        assertThat(kept("jane").secrets()).isEmpty();
        assertThat(fails(source))
                .matches(e -> e.is(SignInError.USER_NOT_SIGNED_IN))
                .hasMessageContaining("revoked");

        world.signIn("john");
        clock.advance(Duration.ofDays(8));
        assertThat(fails(PROVIDER.open(world.context("john"))))
                .matches(e -> e.is(SignInError.TOKEN_EXPIRED))
                .hasMessageContaining("must sign in again");
    }

    @Test
    void token_answerToARefreshIsLost_nothingIsForgottenAndTheNextCallTriesAgain() {
        world.signIn("jane");
        clock.advance(Duration.ofMinutes(61));
        TokenSource source = PROVIDER.open(world.context("jane"));
        TokenSourceContext nobody = world.context("jane", Map.of("token_endpoint", "http://localhost:1/token"));

        assertThat(fails(PROVIDER.open(nobody)).is(CoreError.HOST_UNREACHABLE)).isTrue();
        assertThat(kept("jane").ended()).isEmpty();
        assertThat(source.token(soon()).headerValue()).startsWith("Bearer ");
    }

    @Test
    void token_refusedByACall_isRenewedOnce() {
        world.signIn("jane");
        TokenSource source = PROVIDER.open(world.context("jane"));
        AccessToken first = source.token(soon());

        source.reject(first);
        source.reject(first);
        AccessToken second = source.token(soon());

        assertThat(second.value().sameValueAs(first.value())).isFalse();
        source.reject(first);
        assertThat(source.token(soon()).value().sameValueAs(second.value())).isTrue();
    }

    @Test
    @Tag("DK-12")
    void open_withoutAUser_saysThatTheConnectionIsPerUser() {
        TokenSourceContext named = world.context("jane");
        TokenSourceContext nobody = new TokenSourceContext(
                named.tenant(), named.host(), named.settings(), named.userAgent(), named.guard(), named.clock());

        assertThat(catchThrowableOfType(LakeportException.class, () -> PROVIDER.open(nobody)))
                .matches(e -> e.is(SignInError.USER_NOT_NAMED))
                .hasMessageContaining("per-user credentials");
        assertThat(fails(PROVIDER.open(named)))
                .matches(e -> e.is(SignInError.USER_NOT_SIGNED_IN))
                .hasMessageContaining("nothing is wrong with the connection itself");
    }

    @Test
    void revoke_signedIn_endsTheSessionAtDatabricks() {
        UserCredential credential = world.signIn("jane");

        assertThat(PROVIDER.revoke(world.context("jane"), credential, soon())).isTrue();

        clock.advance(Duration.ofMinutes(61));
        assertThat(fails(PROVIDER.open(world.context("jane"))).is(SignInError.TOKEN_REVOKED))
                .isTrue();
    }

    private UserCredential kept(String user) {
        return world.store.find(owner(user)).orElseThrow().credential();
    }

    private UserCredentials.Begun begun(TokenSourceContext context) {
        String state = PROVIDER.start(context, REDIRECT).state();
        return world.store.take(RandomText.hash(state)).begun().orElseThrow();
    }

    private static Map<String, String> with(Map<String, String> all, String name, String value) {
        Map<String, String> changed = new HashMap<>(all);
        changed.put(name, value);
        return changed;
    }

    private LakeportException refused(TokenSourceContext context, Map<String, String> parameters) {
        return catchThrowableOfType(LakeportException.class, () -> world.callback(context, parameters));
    }

    private static LakeportException refused(
            TokenSourceContext context, UserCredentials.Begun begun, Map<String, String> parameters) {
        return catchThrowableOfType(
                LakeportException.class, () -> PROVIDER.callback(context, begun, parameters, soon()));
    }

    private static LakeportException fails(TokenSource source) {
        return catchThrowableOfType(LakeportException.class, () -> source.token(soon()));
    }
}
