package io.lakeport.auth.user;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.auth.Contexts;
import io.lakeport.auth.SignInWorld;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.user.ConnectionUser;
import io.lakeport.core.auth.user.InMemoryUserCredentials;
import io.lakeport.core.auth.user.SignInStart;
import io.lakeport.core.auth.user.UserCredential;
import io.lakeport.core.auth.user.UserCredentials;
import io.lakeport.core.auth.user.UserId;
import io.lakeport.core.auth.user.UserSession;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import io.lakeport.localworkspace.auth.Principal;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workspace with an OAuth application and a user, a host application, and the user's browser. */
final class UserWorld implements AutoCloseable {
    static final URI REDIRECT = URI.create("https://host.example.com/callback");
    static final OAuthU2mTokenSourceProvider PROVIDER = new OAuthU2mTokenSourceProvider();

    final SignInWorld workspace;
    final Principal jane;
    final String clientId;
    final Secret clientSecret;
    UserCredentials store;
    private final Clock clock;

    UserWorld(Clock clock) {
        this.clock = clock;
        workspace = SignInWorld.start(clock);
        jane = workspace.identities().addUser("jane@example.com");
        ObjectNode app =
                new ObjectMapper().createObjectNode().put("name", "host").put("confidential", true);
        app.putArray("redirect_urls").add(REDIRECT.toString());
        List.of("all-apis", "sql", "offline_access", "openid").forEach(app.putArray("scopes")::add);
        clientSecret = workspace.identities().apps().add(app).orElseThrow();
        clientId = app.path("client_id").asText();
        store = new InMemoryUserCredentials(clock);
    }

    /** Forgets who signed in; the workspace stays. */
    void forgetUsers() {
        store = new InMemoryUserCredentials(clock);
        workspace.workspace().requests().clear();
    }

    static ConnectionUser owner(String user) {
        return new ConnectionUser(TenantId.of("acme"), UserId.of(user));
    }

    TokenSourceContext context(String user, Map<String, String> more) {
        return context(user, more, clock);
    }

    TokenSourceContext context(String user, Map<String, String> more, Clock hosts) {
        Map<String, String> properties = new HashMap<>(Map.of("client_id", clientId, "scope", "sql offline_access"));
        properties.putAll(more);
        TokenSourceContext plain = Contexts.of(
                workspace.url(), new IdentitySettings("oauth-u2m", properties, Map.of("client_secret", clientSecret)));
        return new TokenSourceContext(
                        plain.tenant(), plain.host(), plain.settings(), plain.userAgent(), plain.guard(), hosts)
                .of(new UserSession(owner(user), store));
    }

    TokenSourceContext context(String user) {
        return context(user, Map.of());
    }

    /** What a browser brings back that signed in as jane. */
    Map<String, String> browse(SignInStart start) {
        workspace.identities().signInBrowserAs(jane);
        try {
            HttpURLConnection page = (HttpURLConnection) start.url().toURL().openConnection();
            page.setInstanceFollowRedirects(false);
            String location = page.getHeaderField("Location");
            page.disconnect();
            return query(location.substring(location.indexOf('?') + 1));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Map<String, String> query(String text) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            String[] both = pair.split("=", 2);
            query.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    UserCredential callback(TokenSourceContext context, Map<String, String> parameters) {
        UserCredentials.Begun begun =
                store.take(RandomText.hash(parameters.get("state"))).begun().orElseThrow();
        return PROVIDER.callback(context, begun, parameters, soon());
    }

    UserCredential signIn(String user) {
        TokenSourceContext context = context(user);
        return callback(context, browse(PROVIDER.start(context, REDIRECT)));
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        workspace.close();
    }
}
