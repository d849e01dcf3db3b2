package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.http.LoggedRequest;
import io.lakeport.localworkspace.server.RawClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens, their ends, and links' ends, by a clock that tests move. */
class SignInTest {
    private static final String STATUS = "/api/2.0/workspace/get-status?path=/";
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private LocalWorkspace workspace;

    @BeforeEach
    void start() {
        workspace = Workspaces.start(WorkspaceOptions.defaults().withClock(new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        }));
    }

    @AfterEach
    void stop() {
        workspace.close();
    }

    private RawClient with(String token) {
        return new RawClient(workspace.connection().httpUrl(), token);
    }

    private Answer token(String id, String secret) {
        return with("").send(
                        "/oidc/v1/token",
                        request -> request.header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&client_id="
                                        + id + "&client_secret=" + secret + "&scope=all-apis")));
    }

    @Test
    void token_credentialsAsFormFields_opensTheWorkspace() {
        SimulatorConnection c = workspace.connection();
        JsonNode answer = token(c.clientId(), c.clientSecret().reveal()).json();
        assertThat(answer.get("expires_in").asInt()).isEqualTo(3600);
        assertThat(answer.get("token_type").asText()).isEqualTo("Bearer");
        String token = answer.get("access_token").asText();
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        assertThat(claims)
                .contains("\"iss\":\"" + c.httpUrl() + "/oidc\"")
                .contains("\"sub\":\"" + c.clientId() + "\"");
        Answer root = with(token).get(STATUS);
        assertThat(root.json().get("object_type").asText()).isEqualTo("DIRECTORY");
        assertThat(with(token)
                        .get("/api/2.0/preview/scim/v2/Me")
                        .json()
                        .get("userName")
                        .asText())
                .isEqualTo(c.clientId());
    }

    @Test
    void token_wrongIdWrongSecretExpiredSecret_areToldApart() {
        SimulatorConnection c = workspace.connection();
        Answer wrong = token(c.clientId(), "dose00000000000000000000000000000000");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json().get("error").asText()).isEqualTo("invalid_client");
        assertThat(wrong.json().get("error_description").asText()).isEqualTo("Client authentication failed");
        assertThat(token("11111111-1111-4111-8111-111111111111", "x").text()).contains("no service principal");
        Principal principal = workspace.principal();
        workspace.identities().expireSecrets(principal);
        assertThat(token(c.clientId(), c.clientSecret().reveal()).text()).contains("has expired");
        String fresh =
                workspace.identities().addSecret(principal, Duration.ofHours(1)).reveal();
        assertThat(token(c.clientId(), fresh).status()).isEqualTo(200);
    }

    @Test
    void request_missingWrongAndExpiredToken_areRefusedInTheServicesWords() {
        SimulatorConnection c = workspace.connection();
        Answer missing = with("").get(STATUS);
        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.text())
                .isEqualTo("{\"error_code\":401,\"message\":"
                        + "\"Credential was not sent or was of an unsupported type for this API.\"}");
        Answer wrong = with("dapi00000000000000000000000000000000").get(STATUS);
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.text()).isEqualTo("{\"error_code\":403,\"message\":\"Invalid access token.\"}");

        String token = token(c.clientId(), c.clientSecret().reveal())
                .json()
                .get("access_token")
                .asText();
        String forged = token.substring(0, token.length() - 8) + "AAAAAAAA";
        assertThat(with(forged).get(STATUS).status()).isEqualTo(403);
        now.set(now.get().plusSeconds(3601));
        Answer expired = with(token).get(STATUS);
        assertThat(expired.status()).isEqualTo(403);
        assertThat(expired.json().get("message").asText()).isEqualTo("Invalid Token");
        workspace.identities().revokeToken(c.token());
        assertThat(with(c.token().reveal()).get(STATUS).status()).isEqualTo(403);
    }

    @Test
    void link_after899Seconds_isRefusedAndRenewed() {
        RawClient client = new RawClient(workspace);
        JsonNode answer =
                client.run("SELECT 1 AS x", ",\"disposition\":\"EXTERNAL_LINKS\",\"format\":\"ARROW_STREAM\"");
        String link = answer.at("/result/external_links/0/external_link").asText();
        now.set(now.get().plusSeconds(898));
        assertThat(with("").get(link).status()).isEqualTo(200);
        now.set(now.get().plusSeconds(2));
        Answer expired = with("").get(link);
        assertThat(expired.status()).isEqualTo(403);
        assertThat(expired.text()).contains("<Code>AccessDenied</Code><Message>Request has expired</Message>");
        String renewed = client.get(
                        "/api/2.0/sql/statements/" + answer.get("statement_id").asText() + "/result/chunks/0")
                .json()
                .at("/external_links/0/external_link")
                .asText();
        assertThat(with("").get(renewed).status()).isEqualTo(200);
    }

    @Test
    void tls_hostNameOfLocalhost_isVerifiedByTheGeneratedCertificate()
            throws GeneralSecurityException, IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(workspace.tls().clientContext())
                .build();
        URI discovery = workspace.connection().httpsUrl().resolve("/oidc/.well-known/openid-configuration");
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(discovery).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"token_endpoint\":\"" + workspace.connection().httpsUrl() + "/oidc/v1/token\"");
    }

    @Test
    void requestLog_afterCalls_holdsAgentsButNoQueryOrSecret() {
        with("").send(STATUS, request -> request.GET().header("User-Agent", "Acme_Widget/1.0"));
        LoggedRequest last =
                workspace.requests().all().get(workspace.requests().all().size() - 1);
        assertThat(last.userAgent()).isEqualTo("Acme_Widget/1.0");
        assertThat(last.path()).isEqualTo("/api/2.0/workspace/get-status");
        assertThat(last.status()).isEqualTo(401);
        assertThat(last.authorized()).isFalse();
    }
}
