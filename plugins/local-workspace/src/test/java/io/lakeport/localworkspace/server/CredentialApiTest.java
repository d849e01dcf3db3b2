package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.AccountClient;
import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.oauth2.CreateServicePrincipalSecretRequest;
import com.databricks.sdk.service.oauth2.CreateServicePrincipalSecretResponse;
import com.databricks.sdk.service.oauth2.SecretInfo;
import com.databricks.sdk.service.settings.CreateOboTokenRequest;
import com.databricks.sdk.service.settings.CreateOboTokenResponse;
import com.databricks.sdk.service.settings.CreateTokenRequest;
import com.databricks.sdk.service.settings.CreateTokenResponse;
import com.databricks.sdk.service.settings.ListTokenManagementRequest;
import com.databricks.sdk.service.settings.PublicTokenInfo;
import com.databricks.sdk.service.settings.TokenInfo;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.conformance.Proves;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets of service principals and personal access tokens, through the official SDK's own classes. */
@Proves(value = "Secrets and app integrations", client = "Java SDK 0.141.0")
class CredentialApiTest {
    private final MovableClock clock = new MovableClock();
    private LocalWorkspace workspace;
    private WorkspaceClient client;

    @BeforeEach
    void start() {
        workspace = Workspaces.start(WorkspaceOptions.defaults().withClock(clock));
        client = Clients.admin(workspace);
    }

    @AfterEach
    void stop() {
        workspace.close();
    }

    private static <T> List<T> list(Iterable<T> items) {
        List<T> list = new ArrayList<>();
        items.forEach(list::add);
        return list;
    }

    private static CreateServicePrincipalSecretRequest secret(Principal principal, String lifetime) {
        return new CreateServicePrincipalSecretRequest()
                .setServicePrincipalId("" + principal.id())
                .setLifetime(lifetime);
    }

    private int tokenStatus(Principal principal, String secret) {
        return new Browser(workspace)
                .token(Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        principal.applicationId(),
                        "client_secret",
                        secret))
                .status();
    }

    @Test
    void secrets_fiveAtMost_shownOnceAndEnded() {
        AccountClient account = Clients.account(workspace);
        Principal principal = workspace.identities().addServicePrincipal("etl");
        CreateServicePrincipalSecretResponse created =
                account.servicePrincipalSecrets().create(secret(principal, "3600s"));
        assertThat(created.getStatus()).isEqualTo("ACTIVE");
        assertThat(Duration.between(
                        java.time.Instant.parse(created.getCreateTime()),
                        java.time.Instant.parse(created.getExpireTime())))
                .isEqualTo(Duration.ofHours(1));
        assertThat(tokenStatus(principal, created.getSecret())).isEqualTo(200);
        for (int i = 0; i < 4; i++) {
            client.servicePrincipalSecretsProxy().create(secret(principal, null));
        }
        assertThatThrownBy(() -> client.servicePrincipalSecretsProxy().create(secret(principal, null)))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("5");
        List<SecretInfo> shown = list(account.servicePrincipalSecrets().list("" + principal.id()));
        assertThat(shown).hasSize(5).extracting(SecretInfo::getId).contains(created.getId());
        assertThat(shown.toString()).doesNotContain(created.getSecret());

        clock.advance(Duration.ofSeconds(3601));
        assertThat(tokenStatus(principal, created.getSecret())).isEqualTo(401);
        client = Clients.admin(workspace);
        account = Clients.account(workspace);
        assertThat(list(client.servicePrincipalSecretsProxy().list("" + principal.id())))
                .filteredOn(s -> s.getStatus().equals("EXPIRED"))
                .extracting(SecretInfo::getId)
                .containsExactly(created.getId());
        account.servicePrincipalSecrets().delete("" + principal.id(), created.getId());
        assertThatThrownBy(() -> client.servicePrincipalSecretsProxy().delete("" + principal.id(), created.getId()))
                .isInstanceOf(NotFound.class);
        assertThat(client.servicePrincipalSecretsProxy()
                        .create(secret(principal, "10s"))
                        .getSecret())
                .startsWith("dose");
    }

    @Test
    void secrets_lifetimeOutOfRangeOrMalformed_isRefused() {
        Principal principal = workspace.identities().addServicePrincipal("etl");
        for (String lifetime : List.of("0s", "63072001s", "1h", "-5s", "3600")) {
            assertThatThrownBy(() -> client.servicePrincipalSecretsProxy().create(secret(principal, lifetime)))
                    .as(lifetime)
                    .isInstanceOf(BadRequest.class);
        }
        assertThat(client.servicePrincipalSecretsProxy()
                        .create(secret(principal, "63072000s"))
                        .getId())
                .isNotEmpty();
    }

    @Test
    void tokens_createListUseDelete_areOnesOwn() {
        Principal user = workspace.identities().addUser("pat@example.com");
        WorkspaceClient own = Clients.token(workspace, user);
        CreateTokenResponse created =
                own.tokens().create(new CreateTokenRequest().setComment("mine").setLifetimeSeconds(60L));
        WorkspaceClient byNew = Clients.token(workspace, created.getTokenValue());
        assertThat(byNew.currentUser().me(new MeRequest()).getUserName()).isEqualTo("pat@example.com");
        assertThat(list(own.tokens().list()))
                .extracting(PublicTokenInfo::getComment)
                .containsExactlyInAnyOrder("", "mine");
        assertThatThrownBy(() -> client.tokens().delete(created.getTokenInfo().getTokenId()))
                .isInstanceOf(NotFound.class);
        clock.advance(Duration.ofSeconds(61));
        assertThatThrownBy(() -> byNew.currentUser().me(new MeRequest()))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("Invalid access token");
        own.tokens().delete(created.getTokenInfo().getTokenId());
        assertThat(list(own.tokens().list())).hasSize(1);
    }

    @Test
    void tokens_withScopesAndAComment_openOnlyThoseAndCanBeRenamed() {
        CreateTokenResponse created = client.tokens().create(new CreateTokenRequest().setScopes(List.of("sql")));
        RawClient raw = new RawClient(workspace.connection().httpUrl(), created.getTokenValue());
        assertThat(raw.run("SELECT 1", "").at("/status/state").asText()).isEqualTo("SUCCEEDED");
        assertThat(raw.get("/api/2.0/preview/scim/v2/Me").text())
                .contains("does not have required scopes: access-management");
        String id = created.getTokenInfo().getTokenId();
        RawClient.Answer renamed = new RawClient(workspace)
                .send(
                        "/api/2.0/token/" + id,
                        request -> request.method(
                                "PATCH",
                                java.net.http.HttpRequest.BodyPublishers.ofString(
                                        "{\"token\":{\"comment\":\"new\"},\"update_mask\":\"comment\"}")));
        assertThat(renamed.json().at("/token_info/comment").asText()).isEqualTo("new");
        assertThat(renamed.json().at("/token_info/scopes/0").asText()).isEqualTo("sql");
        assertThatThrownBy(() -> client.tokens().create(new CreateTokenRequest().setScopes(List.of("sky"))))
                .isInstanceOf(BadRequest.class);
    }

    @Test
    void tokenManagement_byAnAdmin_seesAndRevokesEverybodysTokens() {
        Principal robot = workspace.identities().addServicePrincipal("robot");
        CreateOboTokenResponse created = client.tokenManagement()
                .createOboToken(new CreateOboTokenRequest()
                        .setApplicationId(robot.applicationId())
                        .setLifetimeSeconds(600L)
                        .setComment("for the robot"));
        WorkspaceClient byRobot = Clients.token(workspace, created.getTokenValue());
        assertThat(byRobot.currentUser().me(new MeRequest()).getUserName()).isEqualTo(robot.applicationId());
        assertThatThrownBy(() -> byRobot.tokenManagement()
                        .list(new ListTokenManagementRequest())
                        .iterator()
                        .hasNext())
                .isInstanceOf(PermissionDenied.class);
        List<TokenInfo> all = list(client.tokenManagement()
                .list(new ListTokenManagementRequest()
                        .setCreatedByUsername(workspace.connection().clientId())));
        assertThat(all).extracting(TokenInfo::getOwnerId).contains(robot.id());
        assertThat(client.tokenManagement()
                        .get(created.getTokenInfo().getTokenId())
                        .getTokenInfo()
                        .getComment())
                .isEqualTo("for the robot");
        client.tokenManagement().delete(created.getTokenInfo().getTokenId());
        assertThatThrownBy(() -> byRobot.currentUser().me(new MeRequest())).isInstanceOf(PermissionDenied.class);
    }

    @Test
    void tokens_limitedOrSwitchedOff_areRefused() {
        client.workspaceConf().setStatus(Map.of("maxTokenLifetimeDays", "1"));
        assertThatThrownBy(() -> client.tokens().create(new CreateTokenRequest().setLifetimeSeconds(86401L)))
                .isInstanceOf(BadRequest.class);
        assertThat(client.tokens()
                        .create(new CreateTokenRequest())
                        .getTokenInfo()
                        .getExpiryTime())
                .isEqualTo(clock.instant().plus(Duration.ofDays(1)).toEpochMilli());
        client.workspaceConf().setStatus(Map.of("enableTokensConfig", "false"));
        assertThat(new RawClient(workspace).get("/api/2.0/preview/scim/v2/Me").status())
                .isEqualTo(403);
        assertThatThrownBy(() -> client.workspaceConf().setStatus(Map.of("enableFlying", "true")))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("Invalid keys");
        client.workspaceConf().setStatus(Map.of("enableTokensConfig", "true"));
        // The SDK's own getStatus leaves the keys out of its request.
        assertThat(new RawClient(workspace)
                        .get("/api/2.0/workspace-conf?keys=enableTokensConfig,maxTokenLifetimeDays")
                        .text())
                .isEqualTo("{\"enableTokensConfig\":\"true\",\"maxTokenLifetimeDays\":\"1\"}");
    }

    @Test
    void restart_keepsPrincipalsAndCredentials_byHashOnly(@TempDir Path data) throws Exception {
        SimulatorSettings settings = new SimulatorSettings(0, Optional.of(data), Map.of());
        SimulatorConnection before;
        String refreshToken;
        try (LocalWorkspace first = start(settings)) {
            before = first.connection();
            first.identities().addUser("stays@example.com");
            Browser browser = new Browser(first);
            refreshToken = browser.exchange(browser.code("stays@example.com"), Browser.VERIFIER)
                    .json()
                    .path("refresh_token")
                    .asText();
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                assertThat(Files.readString(file))
                        .doesNotContain(before.clientSecret().reveal())
                        .doesNotContain(before.token().reveal())
                        .doesNotContain(refreshToken);
            }
        }
        try (LocalWorkspace second = start(settings)) {
            assertThat(second.connection().clientId()).isEqualTo(before.clientId());
            assertThat(new RawClient(
                                    second.connection().httpUrl(),
                                    before.token().reveal())
                            .get("/api/2.0/preview/scim/v2/Me")
                            .status())
                    .isEqualTo(200);
            assertThat(new Browser(second).refresh(refreshToken).status()).isEqualTo(200);
            assertThat(new Browser(second)
                            .token(Map.of(
                                    "grant_type", "client_credentials",
                                    "client_id", before.clientId(),
                                    "client_secret", before.clientSecret().reveal()))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static LocalWorkspace start(SimulatorSettings settings) {
        return LocalWorkspace.start(settings, WorkspaceOptions.defaults(), data -> new PlainDuckEngine());
    }
}
