package io.lakeport.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.auth.CanaryWatch;
import io.lakeport.auth.Contexts;
import io.lakeport.auth.oauth.FakeHost.Says;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OAuthM2mTest {
    private static final String TOKEN = "/oidc/v1/token";
    private static final String DISCOVERY = "/oidc/.well-known/oauth-authorization-server";

    @RegisterExtension
    final CanaryWatch canary = new CanaryWatch();

    private FakeHost host;

    @BeforeEach
    void start() throws IOException {
        host = new FakeHost();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    @Tag("AK-02")
    @Tag("AA-48")
    @Tag("DF-26")
    @Tag("BI-03")
    void token_request_isTheOneDatabricksDocuments() {
        host.on(TOKEN, Says.token("eyJ.a.b"));

        AccessToken token = source(Map.of()).token(soon());

        assertThat(host.asked()).hasSize(1);
        FakeHost.Asked asked = host.asked().get(0);
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.body()).isEqualTo("grant_type=client_credentials&scope=all-apis");
        assertThat(asked.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        String pair = Contexts.CLIENT_ID + ":" + Contexts.CANARY;
        assertThat(asked.header("Authorization"))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        assertThat(asked.header("User-Agent")).startsWith("Acme_Widget/1.2.3 Lakeport/");
        assertThat(token.headerValue()).isEqualTo("Bearer eyJ.a.b");
        assertThat(Duration.between(token.issuedAt(), token.expiresAt().orElseThrow()))
                .isEqualTo(Duration.ofHours(1));
        assertThat(token.toString()).doesNotContain("eyJ.a.b");
    }

    @Test
    @Tag("AK-20")
    void token_endpointNotAtTheDefaultPath_isDiscoveredOnceWithTheSameUserAgent() {
        host.on(DISCOVERY, Says.json(200, "{\"token_endpoint\":\"" + host.url() + "/oidc/v2/token\"}"))
                .on("/oidc/v2/token", Says.token("t"));
        TokenSource source = source(Map.of());

        source.token(soon());
        source.token(soon());

        assertThat(host.asked().stream().map(FakeHost.Asked::path))
                .containsExactly(TOKEN, DISCOVERY, "/oidc/v2/token", "/oidc/v2/token");
        assertThat(host.asked())
                .allSatisfy(asked -> assertThat(asked.header("User-Agent")).startsWith("Acme_Widget/1.2.3 "));
    }

    @Test
    void token_discoveryNamesPlainHttpElsewhere_secretStaysHere() {
        host.on(DISCOVERY, Says.json(200, "{\"token_endpoint\":\"http://collector.example/token\"}"));

        LakeportException refused = fails(source(Map.of()));

        assertThat(refused).hasMessageContaining("no secret may be sent");
        assertThat(refused.is(CoreError.NOT_A_DATABRICKS_HOST)).isTrue();
    }

    @Test
    void token_ownEndpointAndScope_areUsed() {
        host.on("/accounts/token", Says.token("t"));

        source(Map.of("token_endpoint", host.url() + "/accounts/token", "scope", "sql offline"))
                .token(soon());

        assertThat(host.asked().get(0).body()).endsWith("&scope=sql+offline");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "401|invalid_client|Client authentication failed|WRONG_SECRET|does not say whether the id is wrong",
                "401|invalid_client|Client authentication failed: no service principal has this client_id|WRONG_CLIENT_ID|Application ID",
                "401|invalid_client|Client authentication failed: the client secret has expired|EXPIRED_SECRET|generate a new one",
                "401|invalid_client|The client secret is not valid|WRONG_SECRET|'client_secret' is wrong",
                "400|invalid_request|OAuth application with client_id: x not available in Databricks account|WRONG_CLIENT_ID|client_id",
                "400|invalid_scope|Scope is not allowed|WRONG_SCOPE|leave 'scope' out",
                "400|invalid_request|Something else|TOKEN_REJECTED|Something else"
            })
    @Tag("AA-43")
    void token_refused_saysWhichOfThemItWas(int status, String error, String text, String code, String part) {
        host.on(TOKEN, Says.json(status, "{\"error\":\"" + error + "\",\"error_description\":\"" + text + "\"}"));

        LakeportException refused = fails(source(Map.of()));

        assertThat(refused.code().name()).isEqualTo(code);
        assertThat(refused).hasMessageContaining(part).hasMessageContaining("'acme'");
    }

    @ParameterizedTest
    @CsvSource({
        "my-principal,dose0123,WRONG_CLIENT_ID,not a UUID",
        "11111111-2222-4333-8444-555555555555,abc~entra,WRONG_SECRET,begins with 'dose'"
    })
    void token_refusedWithoutReason_namesTheMoreLikelyOne(String id, String secret, String code, String part) {
        host.on(TOKEN, Says.json(401, "{\"error\":\"invalid_client\"}"));

        LakeportException refused = fails(new OAuthM2mTokenSourceProvider()
                .open(Contexts.of(host.url(), IdentitySettings.oauthM2m(id, Secret.of(secret)))));

        assertThat(refused.code().name()).isEqualTo(code);
        assertThat(refused).hasMessageContaining("does not say").hasMessageContaining(part);
        assertThat(refused.getMessage()).doesNotContain(secret);
    }

    @Test
    @Tag("DF-45")
    void token_refusalEchoesTheCredential_isRedacted() {
        String basic = Base64.getEncoder()
                .encodeToString((Contexts.CLIENT_ID + ":" + Contexts.CANARY).getBytes(StandardCharsets.UTF_8));
        host.on(
                TOKEN,
                Says.json(
                        401,
                        "{\"error\":\"invalid_client\",\"error_description\":\"bad " + Contexts.CANARY + " in " + basic
                                + "\"}"));

        assertThat(fails(source(Map.of()))).hasMessageContaining("bad [redacted] in [redacted]");
    }

    @Test
    @Tag("AK-29")
    void token_addressDenied_namesTheAccessList() {
        host.on(
                TOKEN,
                Says.json(
                        403,
                        "{\"error_code\":\"403\",\"message\":\"Source IP address: 1.2.3.4 is blocked by"
                                + " Databricks IP ACL for workspace: 1\"}"));

        LakeportException refused = fails(source(Map.of()));

        assertThat(refused.is(SignInError.ADDRESS_DENIED)).isTrue();
        assertThat(refused).hasMessageContaining("IP access list");
    }

    private TokenSource source(Map<String, String> properties) {
        return new OAuthM2mTokenSourceProvider().open(Contexts.of(host.url(), Contexts.m2m(properties)));
    }

    static LakeportException fails(TokenSource source) {
        LakeportException failure = catchThrowableOfType(LakeportException.class, () -> source.token(soon()));
        CanaryWatch.assertClean(failure);
        assertThat(failure.context()).containsEntry("tenant", "acme");
        return failure;
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
