package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.oauth.Consent;
import com.databricks.sdk.core.oauth.OAuthClient;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.oauth2.CreateCustomAppIntegration;
import com.databricks.sdk.service.oauth2.CreateCustomAppIntegrationOutput;
import com.databricks.sdk.service.oauth2.GetCustomAppIntegrationOutput;
import com.databricks.sdk.service.oauth2.ListCustomAppIntegrationsRequest;
import com.databricks.sdk.service.oauth2.TokenAccessPolicy;
import com.databricks.sdk.service.oauth2.UpdateCustomAppIntegration;
import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.conformance.Proves;
import io.lakeport.localworkspace.server.RawClient.Answer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person signs in by a browser: authorization code with PKCE, refresh tokens, and everything that can go wrong. */
@Proves(value = "Sign-in by a person (U2M)", client = "Java SDK 0.141.0")
class UserSignInTest {
    private static final String ME = "/api/2.0/preview/scim/v2/Me";
    private static final String JANE = "jane@example.com";

    private final MovableClock clock = new MovableClock();
    private LocalWorkspace workspace;
    private Principal jane;
    private Browser browser;

    @BeforeEach
    void start() {
        workspace = Workspaces.start(WorkspaceOptions.defaults().withClock(clock));
        jane = workspace.identities().addUser(JANE);
        browser = new Browser(workspace);
    }

    @AfterEach
    void stop() {
        workspace.close();
    }

    private Answer me(String token) {
        return new RawClient(workspace.connection().httpUrl(), token).get(ME);
    }

    private static void refused(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
        assertThat(answer.json().path("error_description").asText()).isNotEmpty();
        assertThat(answer.text()).doesNotContain("xception");
    }

    @Test
    void sdk_consentExchangeAndCall_signsInAsTheUser() throws Exception {
        String host = workspace.connection().httpUrl().toString();
        DatabricksConfig config = new DatabricksConfig().setHost(host);
        config.resolve();
        OAuthClient oauth = new OAuthClient.Builder()
                .withHttpClient(config.getHttpClient())
                .withOpenIDConnectEndpoints(config.getDatabricksOidcEndpoints())
                .withHost(host)
                .withClientId("databricks-cli")
                .withRedirectUrl("http://localhost:8080/callback")
                .withScopes(List.of("all-apis", "offline_access"))
                .build();
        Consent consent = oauth.initiateConsent();
        workspace.identities().signInBrowserAs(jane);
        HttpResponse<String> redirect = browser.open(consent.getAuthUrl());
        assertThat(redirect.headers().firstValue("Location").orElseThrow())
                .startsWith("http://localhost:8080/callback?code=");
        WorkspaceClient client = new WorkspaceClient(new DatabricksConfig()
                .setHost(host)
                .setCredentialsProvider(consent.exchangeCallbackParameters(Browser.carried(redirect))));
        assertThat(client.currentUser().me(new MeRequest()).getUserName()).isEqualTo(JANE);
    }

    @Test
    void page_withoutAChoice_offersActiveUsersOnly() {
        Principal gone = workspace.identities().addUser("gone@example.com");
        workspace.identities().setActive(gone, false);
        HttpResponse<String> page = browser.authorize(Browser.request());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("login_hint=jane%40example.com")
                .contains("state=s+t%26te")
                .doesNotContain("gone@");
        String link =
                page.body().replaceFirst("(?s).*href=\"([^\"]*)\".*", "$1").replace("&amp;", "&");
        Map<String, String> carried = Browser.carried(browser.open("/oidc/v1/authorize" + link));
        assertThat(carried).containsEntry("state", "s t&te").containsKey("code");
        Map<String, String> hint = Browser.request();
        hint.put("login_hint", "gone@example.com");
        assertThat(Browser.carried(browser.authorize(hint))).containsEntry("error", "invalid_request");
    }

    @Test
    void authorize_wrongClientOrRedirect_neverRedirects() {
        Map<String, String> request = Browser.request();
        request.put("redirect_uri", "https://evil.example.com/");
        HttpResponse<String> answer = browser.authorize(request);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(answer.body())
                .contains("redirect_uri 'https://evil.example.com/' not registered for OAuth application"
                        + " 'databricks-cli'");
        request.put("client_id", "11111111-1111-4111-8111-111111111111");
        HttpResponse<String> unknown = browser.authorize(request);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).contains("not available in Databricks account");
    }

    @Test
    void authorize_withoutPkceOrWithWrongScopeOrType_redirectsWithTheErrorAndState() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "code_challenge_method", "plain",
                        "code_challenge", "short",
                        "response_type", "token",
                        "scope", "everything")
                .entrySet()) {
            Map<String, String> request = Browser.request();
            request.put(wrong.getKey(), wrong.getValue());
            request.put("login_hint", JANE);
            assertThat(Browser.carried(browser.authorize(request)))
                    .as(wrong.getKey())
                    .containsEntry("state", "s t&te")
                    .containsEntry("error", wrong.getKey().equals("scope") ? "invalid_scope" : "invalid_request")
                    .doesNotContainKey("code");
        }
    }

    @Test
    void code_wrongVerifierOtherRedirectReplayOrLate_isRefused() {
        refused(browser.exchange(browser.code(JANE), "x".repeat(43)), 400, "invalid_grant");
        refused(
                browser.token(Map.of(
                        "grant_type", "authorization_code",
                        "client_id", "databricks-cli",
                        "redirect_uri", "http://localhost:9999",
                        "code", browser.code(JANE),
                        "code_verifier", Browser.VERIFIER)),
                400,
                "invalid_grant");
        String late = browser.code(JANE);
        clock.advance(Duration.ofSeconds(61));
        refused(browser.exchange(late, Browser.VERIFIER), 400, "invalid_grant");

        String code = browser.code(JANE);
        JsonNode first = browser.exchange(code, Browser.VERIFIER).json();
        assertThat(me(first.path("access_token").asText()).status()).isEqualTo(200);
        refused(browser.exchange(code, Browser.VERIFIER), 400, "invalid_grant");
        assertThat(me(first.path("access_token").asText()).status()).isEqualTo(403);
        refused(browser.refresh(first.path("refresh_token").asText()), 400, "invalid_grant");
    }

    @Test
    void refresh_rotates_andAReplayEndsTheSession() {
        JsonNode first = browser.exchange(browser.code(JANE), Browser.VERIFIER).json();
        JsonNode second = browser.refresh(first.path("refresh_token").asText()).json();
        assertThat(second.path("refresh_token").asText())
                .isNotEmpty()
                .isNotEqualTo(first.path("refresh_token").asText());
        assertThat(me(second.path("access_token").asText())
                        .json()
                        .path("userName")
                        .asText())
                .isEqualTo(JANE);
        Answer replay = browser.refresh(first.path("refresh_token").asText());
        refused(replay, 400, "invalid_grant");
        assertThat(replay.text()).contains("Refresh token is invalid");
        refused(browser.refresh(second.path("refresh_token").asText()), 400, "invalid_grant");
        assertThat(me(second.path("access_token").asText()).status()).isEqualTo(403);
    }

    @Test
    void driver_withARefreshToken_signsInAsTheUserAndGetsANewToken() throws Exception {
        JsonNode tokens = signIn();
        var c = workspace.connection();
        String proxy = "127.0.0.1;ProxyPort=" + c.proxyPort();
        try (var connection = java.sql.DriverManager.getConnection(
                        "jdbc:databricks://acme.cloud.databricks.com/default;AuthMech=11;Auth_Flow=0;Auth_AccessToken="
                                + tokens.path("access_token").asText() + ";Auth_RefreshToken="
                                + tokens.path("refresh_token").asText()
                                + ";OAuth2ClientId=databricks-cli;httpPath=" + c.httpPath()
                                + ";EnableTelemetry=0;AllowSelfSignedCerts=1;UseProxy=1;ProxyHost=" + proxy
                                + ";UseCFProxy=1;CFProxyHost=" + proxy.replace("Proxy", "CFProxy")
                                + ";UseThriftClient=0");
                var rows = connection.createStatement().executeQuery("SELECT 9 AS n")) {
            assertThat(rows.next()).isTrue();
        }
        assertThat(new RawClient(workspace)
                        .get("/api/2.0/sql/history/queries")
                        .json()
                        .path("res"))
                .filteredOn(q -> q.path("query_text").asText().equals("SELECT 9 AS n"))
                .extracting(q -> q.path("user_name").asText())
                .containsExactly(JANE);
        refused(browser.refresh(tokens.path("refresh_token").asText()), 400, "invalid_grant");
    }

    @Test
    void refresh_otherClientLateDeactivatedOrRevoked_isRefused() {
        String token = signIn().path("refresh_token").asText();
        refused(
                browser.token(Map.of(
                        "grant_type", "refresh_token", "client_id", "databricks-sql-python", "refresh_token", token)),
                400,
                "invalid_grant");
        clock.advance(Duration.ofDays(8));
        refused(browser.refresh(token), 400, "invalid_grant");

        JsonNode signedIn = signIn();
        workspace.identities().setActive(jane, false);
        refused(browser.refresh(signedIn.path("refresh_token").asText()), 400, "invalid_grant");
        assertThat(me(signedIn.path("access_token").asText()).status()).isEqualTo(403);
        workspace.identities().setActive(jane, true);

        JsonNode other = signIn();
        Answer revoked = browser.post(
                "/oidc/v1/revoke", Map.of("token", other.path("refresh_token").asText()));
        assertThat(revoked.status()).isEqualTo(200);
        refused(browser.refresh(other.path("refresh_token").asText()), 400, "invalid_grant");
        JsonNode third = signIn();
        workspace.identities().revokeOAuthTokens(jane);
        assertThat(me(third.path("access_token").asText()).status()).isEqualTo(403);
    }

    private JsonNode signIn() {
        return browser.exchange(browser.code(JANE), Browser.VERIFIER).json();
    }

    @Test
    void customApp_confidential_checksSecretRedirectAndScopesAndKeepsItsTimes() {
        CreateCustomAppIntegrationOutput app = Clients.account(workspace)
                .customAppIntegration()
                .create(new CreateCustomAppIntegration()
                        .setName("acme")
                        .setConfidential(true)
                        .setRedirectUrls(List.of("https://acme.example.com/cb"))
                        .setScopes(List.of("sql", "offline_access"))
                        .setTokenAccessPolicy(new TokenAccessPolicy()
                                .setAccessTokenTtlInMinutes(5L)
                                .setRefreshTokenTtlInMinutes(10L)));
        Map<String, String> request = Browser.request();
        request.put("client_id", app.getClientId());
        request.put("login_hint", JANE);
        request.put("redirect_uri", "https://acme.example.com/cb2");
        assertThat(browser.authorize(request).statusCode()).isEqualTo(400);
        request.put("redirect_uri", "https://acme.example.com/cb");
        assertThat(Browser.carried(browser.authorize(request))).containsEntry("error", "invalid_scope");
        request.put("scope", "sql offline_access openid");
        String code = Browser.carried(browser.authorize(request)).get("code");
        Map<String, String> fields = new java.util.HashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                app.getClientId(),
                "redirect_uri",
                "https://acme.example.com/cb",
                "code",
                code,
                "code_verifier",
                Browser.VERIFIER));
        refused(browser.token(fields), 401, "invalid_client");
        fields.put("client_secret", app.getClientSecret());
        JsonNode tokens = browser.token(fields).json();
        assertThat(tokens.path("expires_in").asInt()).isEqualTo(300);
        assertThat(Browser.claims(tokens.path("id_token").asText())
                        .path("email")
                        .asText())
                .isEqualTo(JANE);
        Answer scim = me(tokens.path("access_token").asText());
        assertThat(scim.status()).isEqualTo(403);
        assertThat(scim.text()).contains("Provided OAuth token does not have required scopes: access-management");
        RawClient sql = new RawClient(
                workspace.connection().httpUrl(), tokens.path("access_token").asText());
        assertThat(sql.run("SELECT 1", "").at("/status/state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void customApp_listUpdateDelete_showsNoSecret() {
        var apps = Clients.account(workspace).customAppIntegration();
        CreateCustomAppIntegrationOutput app = apps.create(
                new CreateCustomAppIntegration().setName("public").setRedirectUrls(List.of("http://localhost:1234/x")));
        assertThat(app.getClientSecret()).isNull();
        apps.update(new UpdateCustomAppIntegration()
                .setIntegrationId(app.getIntegrationId())
                .setRedirectUrls(List.of("http://localhost:4321/y")));
        GetCustomAppIntegrationOutput shown = apps.get(app.getIntegrationId());
        assertThat(shown.getRedirectUrls()).containsExactly("http://localhost:4321/y");
        assertThat(shown.getConfidential()).isFalse();
        assertThat(apps.list(new ListCustomAppIntegrationsRequest().setIncludeCreatorUsername(true)))
                .extracting(GetCustomAppIntegrationOutput::getCreatorUsername)
                .containsExactly(workspace.connection().clientId());
        apps.delete(app.getIntegrationId());
        assertThatThrownBy(() -> apps.get(app.getIntegrationId()))
                .isInstanceOf(com.databricks.sdk.core.error.platform.NotFound.class);
    }

    @Test
    void jwt_algNoneForeignKeyOrRevoked_isRefused() {
        String token = signIn().path("access_token").asText();
        String[] parts = token.split("\\.");
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        for (String forged : List.of(
                none + "." + parts[1] + ".",
                none + "." + parts[1] + "." + parts[2],
                parts[0] + "." + parts[1],
                "a.b.c")) {
            assertThat(me(forged).status()).as(forged).isEqualTo(403);
            assertThat(me(forged).json().path("message").asText()).isEqualTo("Invalid Token");
        }
        try (LocalWorkspace other = Workspaces.start()) {
            SdkTokens foreign = new SdkTokens(other);
            assertThat(me(foreign.ofAdmin()).status()).isEqualTo(403);
        }
        browser.post("/oidc/v1/revoke", Map.of("token", token));
        assertThat(me(token).status()).isEqualTo(403);
    }

    /** Tokens of another workspace, signed by its own key. */
    private record SdkTokens(LocalWorkspace workspace) {
        String ofAdmin() {
            return new Browser(workspace)
                    .token(Map.of(
                            "grant_type", "client_credentials",
                            "client_id", workspace.connection().clientId(),
                            "client_secret",
                                    workspace.connection().clientSecret().reveal()))
                    .json()
                    .path("access_token")
                    .asText();
        }
    }

    @Test
    void tokenEndpoint_malformedRequests_areRefusedInOAuthForm() {
        refused(browser.token(Map.of()), 400, "invalid_request");
        refused(browser.token(Map.of("grant_type", "password")), 400, "unsupported_grant_type");
        refused(browser.token(Map.of("grant_type", "authorization_code")), 400, "invalid_request");
        refused(
                browser.token(Map.of("grant_type", "authorization_code", "client_id", "nobody", "code", "x")),
                401,
                "invalid_client");
        refused(browser.exchange("nonsense", Browser.VERIFIER), 400, "invalid_grant");
        refused(
                browser.token(Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        workspace.connection().clientId(),
                        "client_secret",
                        workspace.connection().clientSecret().reveal(),
                        "scope",
                        "galaxy")),
                400,
                "invalid_scope");
        refused(browser.post("/oidc/v1/revoke", Map.of()), 400, "invalid_request");
    }

    @Test
    void accountRealm_hasItsOwnEndpointsIssuerAndKeys() {
        String root = "/oidc/accounts/" + WorkspaceIdentity.ACCOUNT_ID;
        String issuer = workspace.connection().httpUrl() + root;
        assertThat(browser.open(root + "/.well-known/openid-configuration").body())
                .contains("\"token_endpoint\":\"" + issuer + "/v1/token\"");
        assertThat(browser.open(root + "/jwks.json").body()).contains("\"kty\":\"RSA\"");
        JsonNode answer = browser.post(
                        root + "/v1/token",
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id", workspace.connection().clientId(),
                                "client_secret",
                                        workspace.connection().clientSecret().reveal()))
                .json();
        JsonNode claims = Browser.claims(answer.path("access_token").asText());
        assertThat(claims.path("iss").asText()).isEqualTo(issuer);
        assertThat(claims.path("aud").asText()).isEqualTo(WorkspaceIdentity.ACCOUNT_ID);
        RawClient account = new RawClient(
                workspace.connection().httpUrl(), answer.path("access_token").asText());
        assertThat(account.get("/api/2.0/accounts/" + WorkspaceIdentity.ACCOUNT_ID + "/scim/v2/Users")
                        .status())
                .isEqualTo(200);
        Answer byToken =
                new RawClient(workspace).get("/api/2.0/accounts/" + WorkspaceIdentity.ACCOUNT_ID + "/scim/v2/Users");
        assertThat(byToken.status()).isEqualTo(401);
    }
}
