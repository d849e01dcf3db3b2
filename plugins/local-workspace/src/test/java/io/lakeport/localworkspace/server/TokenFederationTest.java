package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.AccountClient;
import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.oauth2.CreateAccountFederationPolicyRequest;
import com.databricks.sdk.service.oauth2.CreateServicePrincipalFederationPolicyRequest;
import com.databricks.sdk.service.oauth2.FederationPolicy;
import com.databricks.sdk.service.oauth2.OidcFederationPolicy;
import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.conformance.Proves;
import io.lakeport.localworkspace.server.RawClient.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of another issuer, exchanged as the SDK's workload identity and the JDBC driver's token federation do. */
@Proves(value = "Token federation", client = "Java SDK 0.141.0")
class TokenFederationTest {
    private static final String ISSUER = "https://idp.example.com";
    private static final String TYPE = "urn:ietf:params:oauth:token-type:jwt";
    private static final ForeignIssuer IDP = new ForeignIssuer();

    private static LocalWorkspace workspace;
    private static Principal robot;
    private static Principal jane;

    @BeforeAll
    static void start() {
        workspace = Workspaces.start();
        robot = workspace.identities().addServicePrincipal("robot");
        jane = workspace.identities().addUser("jane@example.com");
        AccountClient account = Clients.account(workspace);
        account.servicePrincipalFederationPolicy()
                .create(new CreateServicePrincipalFederationPolicyRequest()
                        .setServicePrincipalId(robot.id())
                        .setPolicyId("pipeline")
                        .setPolicy(new FederationPolicy()
                                .setOidcPolicy(new OidcFederationPolicy()
                                        .setIssuer(ISSUER)
                                        .setSubject("repo:acme/etl")
                                        .setJwksJson(IDP.keySet()))));
        account.federationPolicy()
                .create(new CreateAccountFederationPolicyRequest()
                        .setPolicy(new FederationPolicy()
                                .setOidcPolicy(new OidcFederationPolicy()
                                        .setIssuer(ISSUER)
                                        .setSubjectClaim("email")
                                        .setAudiences(List.of("acme"))
                                        .setJwksJson(IDP.keySet()))));
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static Map<String, Object> claims(String subject) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", ISSUER);
        claims.put("sub", subject);
        claims.put("aud", WorkspaceIdentity.ACCOUNT_ID);
        claims.put("exp", Instant.now().getEpochSecond() + 600);
        return claims;
    }

    private static Map<String, Object> janeClaims() {
        Map<String, Object> claims = claims("internal-4711");
        claims.put("email", jane.name());
        claims.put("aud", List.of("other", "acme"));
        return claims;
    }

    private static Answer exchange(String token, String client) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token",
                token,
                "subject_token_type",
                TYPE,
                "scope",
                "all-apis"));
        if (!client.isEmpty()) {
            fields.put("client_id", client);
        }
        return new Browser(workspace).token(fields);
    }

    @Test
    void sdk_workloadIdentityFromAFile_signsInAsTheServicePrincipal(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("token"), IDP.token(claims("repo:acme/etl")));
        WorkspaceClient client = new WorkspaceClient(new DatabricksConfig()
                .setHost(workspace.connection().httpUrl().toString())
                .setAuthType("file-oidc")
                .setClientId(robot.applicationId())
                .setOidcTokenFilepath(file.toString()));
        assertThat(client.currentUser().me(new MeRequest()).getUserName()).isEqualTo(robot.applicationId());
    }

    @Test
    void accountPolicy_subjectClaim_signsInTheUserItNames() {
        JsonNode answer = exchange(IDP.token(janeClaims()), "").json();
        assertThat(answer.path("issued_token_type").asText())
                .isEqualTo("urn:ietf:params:oauth:token-type:access_token");
        assertThat(Browser.claims(answer.path("access_token").asText())
                        .path("sub")
                        .asText())
                .isEqualTo(jane.name());
    }

    @Test
    void driver_foreignAccessToken_isExchangedAndRunsAsTheUser() throws SQLException {
        SimulatorConnection c = workspace.connection();
        String proxy = "127.0.0.1;ProxyPort=" + c.proxyPort();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:databricks://acme.cloud.databricks.com/default;AuthMech=11;Auth_Flow=0;Auth_AccessToken="
                                + IDP.token(janeClaims()) + ";httpPath=" + c.httpPath()
                                + ";EnableTelemetry=0;AllowSelfSignedCerts=1;UseProxy=1;ProxyHost=" + proxy
                                + ";UseCFProxy=1;CFProxyHost=" + proxy.replace("Proxy", "CFProxy")
                                + ";UseThriftClient=0");
                ResultSet rows = connection.createStatement().executeQuery("SELECT 7 AS n")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(7);
        }
        String token = new Browser(workspace)
                .token(Map.of(
                        "grant_type", "client_credentials",
                        "client_id", c.clientId(),
                        "client_secret", c.clientSecret().reveal()))
                .json()
                .path("access_token")
                .asText();
        RawClient admin = new RawClient(c.httpUrl(), token);
        assertThat(admin.get("/api/2.0/sql/history/queries").json().path("res"))
                .filteredOn(q -> q.path("query_text").asText().equals("SELECT 7 AS n"))
                .extracting(q -> q.path("user_name").asText())
                .containsExactly(jane.name());
    }

    @Test
    void exchange_ofAnythingNotTrusted_isRefused() {
        Map<String, Object> expired = claims("repo:acme/etl");
        expired.put("exp", Instant.now().getEpochSecond() - 1);
        Map<String, Object> foreign = claims("repo:acme/etl");
        foreign.put("iss", "https://other.example.com");
        Map<String, Object> audience = claims("repo:acme/etl");
        audience.put("aud", "somebody-else");
        String id = robot.applicationId();
        refused(exchange(IDP.token(expired), id), "expired");
        refused(exchange(IDP.token(foreign), id), "no federation policy");
        refused(exchange(IDP.token(audience), id), "audience");
        refused(exchange(IDP.token(claims("repo:evil/etl")), id), "subject");
        refused(exchange(new ForeignIssuer().token(claims("repo:acme/etl")), id), "no key");
        String[] parts = IDP.token(claims("repo:acme/etl")).split("\\.");
        refused(exchange("eyJhbGciOiJub25lIn0." + parts[1] + ".", id), "no key");
        refused(exchange("eyJhbGciOiJIUzI1NiJ9." + parts[1] + "." + parts[2], id), "no key");
        refused(exchange("not a jwt", id), "not a JWT");
        assertThat(exchange(IDP.token(claims("repo:acme/etl")), "11111111-1111-4111-8111-111111111111")
                        .status())
                .isEqualTo(401);
        Map<String, Object> stranger = janeClaims();
        stranger.put("email", "stranger@example.com");
        refused(exchange(IDP.token(stranger), ""), "no active user");
    }

    private static void refused(Answer answer, String why) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(answer.json().path("error_description").asText()).contains(why);
    }

    @Test
    void policies_getListUpdateDeleteAndBadInput_followTheApi() {
        AccountClient account = Clients.account(workspace);
        var policies = account.servicePrincipalFederationPolicy();
        assertThat(policies.get(robot.id(), "pipeline").getServicePrincipalId()).isEqualTo(robot.id());
        assertThat(policies.list(robot.id()))
                .extracting(FederationPolicy::getPolicyId)
                .containsExactly("pipeline");
        Principal other = workspace.identities().addServicePrincipal("other");
        assertThatThrownBy(() -> policies.create(new CreateServicePrincipalFederationPolicyRequest()
                        .setServicePrincipalId(other.id())
                        .setPolicy(new FederationPolicy().setOidcPolicy(new OidcFederationPolicy().setIssuer(ISSUER)))))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("subject");
        policies.create(new CreateServicePrincipalFederationPolicyRequest()
                .setServicePrincipalId(other.id())
                .setPolicyId("p")
                .setPolicy(new FederationPolicy()
                        .setDescription("first")
                        .setOidcPolicy(
                                new OidcFederationPolicy().setIssuer(ISSUER).setSubject("s"))));
        policies.delete(other.id(), "p");
        assertThatThrownBy(() -> policies.get(other.id(), "p")).isInstanceOf(NotFound.class);
    }
}
