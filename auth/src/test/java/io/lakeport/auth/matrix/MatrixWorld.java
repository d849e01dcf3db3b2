package io.lakeport.auth.matrix;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.oauth.Consent;
import com.databricks.sdk.core.oauth.OAuthClient;
import com.databricks.sdk.service.iam.MeRequest;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.auth.Contexts;
import io.lakeport.auth.Issuer;
import io.lakeport.auth.MovableClock;
import io.lakeport.auth.SignInWorld;
import io.lakeport.auth.check.RestSignInCheckProvider;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.SignedIn;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.auth.user.ConnectionUser;
import io.lakeport.core.auth.user.InMemoryUserCredentials;
import io.lakeport.core.auth.user.SupportsUserSignIn;
import io.lakeport.core.auth.user.UserCredentials;
import io.lakeport.core.auth.user.UserId;
import io.lakeport.core.auth.user.UserSession;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import io.lakeport.localworkspace.auth.Principal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** A workspace with everything that a cell may need; each cell has an identity of its own. */
final class MatrixWorld implements AutoCloseable {
    static final String REDIRECT = "https://host.example.com/callback";
    private static final ObjectMapper JSON = new ObjectMapper();

    final MovableClock clock = new MovableClock();
    final SignInWorld world = SignInWorld.start(clock);
    final Issuer issuer = new Issuer();
    final UserCredentials store = new InMemoryUserCredentials(clock);
    final Secret appSecret;
    final String appId;
    private final Map<String, TokenSourceProvider> methods = new HashMap<>();
    private int users;

    MatrixWorld() {
        ServiceLoader.load(TokenSourceProvider.class).forEach(provider -> methods.put(provider.method(), provider));
        ObjectNode app = JSON.createObjectNode().put("name", "host").put("confidential", true);
        app.putArray("redirect_urls").add(REDIRECT);
        List.of("all-apis", "sql", "offline_access", "openid").forEach(app.putArray("scopes")::add);
        appSecret = world.identities().apps().add(app).orElseThrow();
        appId = app.path("client_id").asText();
    }

    Principal robot() {
        return world.identities().addServicePrincipal("robot");
    }

    Principal person() {
        return world.identities().addUser("user" + ++users + "@example.com");
    }

    /** Has the account trust our issuer for a service principal. */
    Principal federated(String subject) {
        Principal robot = robot();
        ObjectNode policy = JSON.createObjectNode().put("policy_id", "ci").put("service_principal_id", robot.id());
        policy.putObject("oidc_policy")
                .put("issuer", Issuer.NAME)
                .put("subject", subject)
                .put("jwks_json", issuer.keySet());
        world.identities().federation().put(Optional.of(robot.id()), "ci", policy);
        return robot;
    }

    TokenSource open(IdentitySettings settings) {
        return open(settings, clock);
    }

    TokenSource open(IdentitySettings settings, Clock hosts) {
        return methods.get(settings.method()).open(context(settings, hosts));
    }

    TokenSourceContext context(IdentitySettings settings, Clock hosts) {
        TokenSourceContext plain = Contexts.of(world.url(), settings);
        return new TokenSourceContext(plain.tenant(), plain.host(), settings, plain.userAgent(), plain.guard(), hosts);
    }

    SignedIn check(TokenSource tokens) {
        return check(tokens, clock);
    }

    SignedIn check(TokenSource tokens, Clock hosts) {
        return new RestSignInCheckProvider()
                .check(context(IdentitySettings.pat(Secret.of("unused")), hosts), tokens, soon());
    }

    /** Fetches a token, lets {@code then} happen, and tries that token. */
    SignedIn checkAfter(TokenSource tokens, Runnable then) {
        AccessToken token = tokens.token(soon());
        then.run();
        return check(deadline -> token);
    }

    /** Tries while this machine's address is denied. */
    SignedIn denied(TokenSource tokens) {
        world.workspace().ipAccess().deny("127.0.0.1/32");
        try {
            return check(tokens);
        } finally {
            world.workspace().ipAccess().allowAll();
        }
    }

    String sdkDenied(Callable<String> call) throws Exception {
        world.workspace().ipAccess().deny("127.0.0.1/32");
        try {
            return call.call();
        } finally {
            world.workspace().ipAccess().allowAll();
        }
    }

    IdentitySettings u2m() {
        return new IdentitySettings(
                "oauth-u2m",
                Map.of("client_id", appId, "scope", "all-apis offline_access openid"),
                Map.of("client_secret", appSecret));
    }

    TokenSourceContext of(String user) {
        return context(u2m(), clock)
                .of(new UserSession(new ConnectionUser(TenantId.of("acme"), UserId.of(user)), store));
    }

    /** Signs a person in, through the browser. */
    TokenSource signedIn(Principal person) {
        TokenSourceContext context = of(person.name());
        SupportsUserSignIn flow = (SupportsUserSignIn) methods.get("oauth-u2m");
        Map<String, String> back =
                browse(flow.start(context, URI.create(REDIRECT)).url(), person);
        UserCredentials.Begun begun =
                store.take(hash(back.get("state"))).begun().orElseThrow();
        flow.callback(context, begun, back, soon());
        return open(person);
    }

    TokenSource open(Principal person) {
        return methods.get("oauth-u2m").open(of(person.name()));
    }

    private Map<String, String> browse(URI url, Principal person) {
        world.identities().signInBrowserAs(person);
        try {
            HttpURLConnection page = (HttpURLConnection) new URL(url.toString()).openConnection();
            page.setInstanceFollowRedirects(false);
            String location = page.getHeaderField("Location");
            Map<String, String> query = new HashMap<>();
            for (String pair : location.substring(location.indexOf('?') + 1).split("&")) {
                String[] both = pair.split("=", 2);
                query.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
            }
            return query;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String state) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(state.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs in by the SDK's own provider of a method, and asks who it is. */
    String sdk(String method, Consumer<DatabricksConfig> settings) {
        DatabricksConfig config = new DatabricksConfig().setHost(world.url()).setAuthType(method);
        settings.accept(config);
        return new WorkspaceClient(config).currentUser().me(new MeRequest()).getUserName();
    }

    /** Signs a person in by the SDK's own code flow. */
    String sdkConsent(Principal person) throws Exception {
        DatabricksConfig config = new DatabricksConfig().setHost(world.url());
        config.resolve();
        Consent consent = new OAuthClient.Builder()
                .withHttpClient(config.getHttpClient())
                .withOpenIDConnectEndpoints(config.getDatabricksOidcEndpoints())
                .withHost(world.url())
                .withClientId(appId)
                .withClientSecret(appSecret.reveal())
                .withRedirectUrl(REDIRECT)
                .withScopes(List.of("all-apis", "offline_access"))
                .build()
                .initiateConsent();
        Map<String, String> back = browse(URI.create(consent.getAuthUrl()), person);
        return new WorkspaceClient(new DatabricksConfig()
                        .setHost(world.url())
                        .setCredentialsProvider(consent.exchangeCallbackParameters(back)))
                .currentUser()
                .me(new MeRequest())
                .getUserName();
    }

    String sdkFile(Path directory, Principal robot, Secret token) throws IOException {
        Path file = Files.writeString(directory.resolve("sdk-token"), token.reveal());
        return sdk(
                "file-oidc", config -> config.setClientId(robot.applicationId()).setOidcTokenFilepath(file.toString()));
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        world.close();
    }
}
