package io.lakeport.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.auth.CanaryWatch;
import io.lakeport.auth.Contexts;
import io.lakeport.auth.SignInWorld;
import io.lakeport.auth.cache.CaffeineTokenCacheProvider;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.TokenCache;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.http.LoggedRequest;
import io.lakeport.localworkspace.server.LocalWorkspace;
import io.lakeport.testkit.contract.TokenSourceContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signs in to the local workspace, whose token endpoint official clients accept. */
class LocalWorkspaceSignInTest implements TokenSourceContract {
    private static SignInWorld world;
    private static LocalWorkspace workspace;
    private static SimulatorConnection connection;

    @RegisterExtension
    final CanaryWatch canary = new CanaryWatch();

    @BeforeAll
    static void start() {
        world = SignInWorld.start();
        workspace = world.workspace();
        connection = workspace.connection();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Override
    public TokenSource good() {
        return source(connection.clientId(), connection.clientSecret());
    }

    @Override
    public Optional<TokenSource> withSecret(Secret secret) {
        return Optional.of(source(connection.clientId(), secret));
    }

    @Override
    public Optional<TokenSource> unreachable() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String nobody = "http://localhost:" + socket.getLocalPort();
            return Optional.of(new OAuthM2mTokenSourceProvider().open(Contexts.of(nobody, Contexts.m2m(Map.of()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void clear() {
        workspace.requests().clear();
    }

    @Test
    @Tag("AK-02")
    @Tag("AK-20")
    @Tag("BI-29")
    void token_ofTheServicePrincipal_isAJwtForAnHour() {
        AccessToken token =
                source(connection.clientId(), connection.clientSecret()).token(OAuthM2mTest.soon());

        assertThat(token.value().reveal().split("\\.")).hasSize(3);
        assertThat(token.expiresAt().orElseThrow())
                .isBetween(Instant.now().plusSeconds(3_500), Instant.now().plusSeconds(3_700));
        assertThat(workspace.requests().all())
                .singleElement()
                .satisfies(request -> assertThat(request.path()).isEqualTo("/oidc/v1/token"))
                .extracting(LoggedRequest::userAgent)
                .asString()
                .startsWith("Acme_Widget/1.2.3 Lakeport/");
    }

    @Test
    void token_wrongSecret_isWrongSecret() {
        LakeportException refused = OAuthM2mTest.fails(source(connection.clientId(), Secret.of(Contexts.CANARY)));

        assertThat(refused.is(CoreError.WRONG_SECRET)).isTrue();
    }

    @Test
    void token_unknownId_isWrongClientId() {
        LakeportException refused = OAuthM2mTest.fails(source(UUID.randomUUID().toString(), connection.clientSecret()));

        assertThat(refused.is(CoreError.WRONG_CLIENT_ID)).isTrue();
    }

    @Test
    @Tag("AA-43")
    void token_secretExpired_isExpiredSecret() {
        Principal other = workspace.identities().addServicePrincipal("other");
        Secret secret = workspace.identities().addSecret(other, Duration.ofDays(1));
        TokenSource source = source(other.applicationId(), secret);
        assertThat(source.token(OAuthM2mTest.soon()).headerValue()).startsWith("Bearer ");

        workspace.identities().expireSecrets(other);

        assertThat(OAuthM2mTest.fails(source).is(CoreError.EXPIRED_SECRET)).isTrue();
    }

    @Test
    @Tag("DK-26")
    @Tag("DK-23")
    @Tag("AA-17")
    void token_ofTheAccount_comesFromTheAccountsEndpoint() {
        TokenSource source = account(WorkspaceIdentity.ACCOUNT_ID);

        assertThat(source.token(OAuthM2mTest.soon()).headerValue()).startsWith("Bearer ");

        assertThat(workspace.requests().all())
                .singleElement()
                .satisfies(request -> assertThat(request.path())
                        .isEqualTo("/oidc/accounts/" + WorkspaceIdentity.ACCOUNT_ID + "/v1/token"));
        LakeportException other = OAuthM2mTest.fails(account("00000000-0000-4000-8000-00000000beef"));
        assertThat(other).hasMessageContaining("there is no token endpoint").hasMessageContaining("account");
    }

    private static TokenSource account(String id) {
        return new OAuthM2mTokenSourceProvider()
                .open(Contexts.of(
                        connection.httpUrl().toString(),
                        new IdentitySettings(
                                "oauth-m2m",
                                Map.of(
                                        "client_id",
                                        connection.clientId(),
                                        "account_id",
                                        id,
                                        "accounts_host",
                                        connection.httpUrl().toString()),
                                Map.of("client_secret", connection.clientSecret()))));
    }

    @Test
    void token_certificateOfNobodyKnown_saysThatItIsNotTrusted() {
        LakeportException failure = OAuthM2mTest.fails(new OAuthM2mTokenSourceProvider()
                .open(Contexts.of(
                        connection.httpsUrl().toString(),
                        IdentitySettings.oauthM2m(connection.clientId(), connection.clientSecret()))));

        assertThat(failure.is(CoreError.HOST_UNREACHABLE)).isTrue();
        assertThat(failure).hasMessageContaining("certificate").hasMessageContaining("not trusted");
    }

    @Test
    void token_manyCallersThroughTheCache_oneRequest() throws Exception {
        try (TokenCache cache = new CaffeineTokenCacheProvider().open(Clock.systemUTC())) {
            TokenSource source =
                    cache.cached(TenantId.of("acme"), source(connection.clientId(), connection.clientSecret()));
            ExecutorService callers = Executors.newFixedThreadPool(50);
            List<Future<AccessToken>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(callers.submit(() -> source.token(OAuthM2mTest.soon())));
            }
            for (Future<AccessToken> answer : answers) {
                assertThat(answer.get().value().reveal()).isNotEmpty();
            }
            callers.shutdown();
            assertThat(workspace.requests().all()).hasSize(1);
        }
    }

    private static TokenSource source(String id, Secret secret) {
        return new OAuthM2mTokenSourceProvider()
                .open(Contexts.of(connection.httpUrl().toString(), IdentitySettings.oauthM2m(id, secret)));
    }
}
