package io.lakeport.localworkspace.auth;

import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.directory.PrincipalKind;
import io.lakeport.localworkspace.http.Exchange;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The page where a browser gets a code. A workspace on a laptop has no password to ask for: the user is the one that a
 * test chose, the one that {@code login_hint} names, or the one that a person clicks on.
 */
final class AuthorizeEndpoint {
    private final Identities identities;
    private final OAuthApps apps;
    private final AuthorizationCodes codes;

    AuthorizeEndpoint(Identities identities, OAuthApps apps, AuthorizationCodes codes) {
        this.identities = identities;
        this.apps = apps;
        this.codes = codes;
    }

    /**
     * Answers with a redirect or with the page.
     *
     * @throws OAuthError when there is no registered URL to which the browser could take the error
     */
    void answer(Exchange exchange, Realm realm) throws IOException {
        // Until the application and its URL are known to belong together, nobody may be redirected anywhere.
        String clientId = exchange.query("client_id").orElseThrow(() -> OAuthError.missing("client_id"));
        OAuthApp app = apps.client(clientId).orElseThrow(() -> OAuthError.unknownApp(clientId));
        String redirect = exchange.query("redirect_uri").orElseThrow(() -> OAuthError.missing("redirect_uri"));
        if (!app.allowsRedirect(redirect)) {
            throw OAuthError.invalidRequest(
                    "redirect_uri '" + redirect + "' not registered for OAuth application '" + app.name() + "'");
        }
        try {
            Set<String> scopes = check(exchange, app);
            Optional<Principal> user = user(exchange);
            if (user.isEmpty()) {
                page(exchange);
                return;
            }
            redirect(exchange, redirect, Map.of("code", code(exchange, realm, app, scopes, user.get())));
        } catch (OAuthError e) {
            Map<String, String> error = new LinkedHashMap<>();
            error.put("error", e.error());
            error.put("error_description", String.valueOf(e.getMessage()));
            redirect(exchange, redirect, error);
        }
    }

    private static Set<String> check(Exchange exchange, OAuthApp app) {
        if (!exchange.query("response_type").orElse("").equals("code")) {
            throw OAuthError.invalidRequest("The response_type must be code");
        }
        if (challenge(exchange).isEmpty()) {
            throw OAuthError.invalidRequest("PKCE is required: code_challenge with code_challenge_method S256");
        }
        return Scopes.parse(exchange.query("scope").orElse(Scopes.ALL_APIS), app.scopes());
    }

    private static Optional<String> challenge(Exchange exchange) {
        return UserGrants.challenge(
                exchange.query("code_challenge_method").orElse(""),
                exchange.query("code_challenge").orElse(""));
    }

    private Optional<Principal> user(Exchange exchange) {
        Optional<String> hint = exchange.query("login_hint").filter(text -> !text.isEmpty());
        if (hint.isEmpty()) {
            return identities.browserUser().filter(identities::isActive);
        }
        Optional<Principal> user =
                identities.find(hint.get()).filter(p -> p.kind() == PrincipalKind.USER && identities.isActive(p));
        if (user.isEmpty()) {
            throw OAuthError.invalidRequest("No active user is named " + hint.get());
        }
        return user;
    }

    private String code(Exchange exchange, Realm realm, OAuthApp app, Set<String> scopes, Principal user) {
        return codes.add(new AuthorizationCodes.Code(
                user,
                app.clientId(),
                exchange.query("redirect_uri").orElse(""),
                challenge(exchange).orElse(""),
                scopes,
                realm.audience(),
                exchange.query("nonce").orElse(""),
                OAuthSessions.newId(),
                codes.end()));
    }

    private static void redirect(Exchange exchange, String url, Map<String, String> parameters) throws IOException {
        StringBuilder location = new StringBuilder(url).append(url.indexOf('?') < 0 ? '?' : '&');
        parameters.forEach((name, value) -> append(location, name, value));
        exchange.query("state").ifPresent(state -> append(location, "state", state));
        exchange.addHeader("Location", location.substring(0, location.length() - 1));
        exchange.addHeader("Cache-Control", "no-store");
        exchange.respond(302, "text/html; charset=UTF-8", new byte[0]);
    }

    private static void append(StringBuilder location, String name, String value) {
        location.append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                .append('&');
    }

    private void page(Exchange exchange) throws IOException {
        List<DirectoryEntry> users = identities.directory().all().stream()
                .filter(entry -> entry.kind() == PrincipalKind.USER && entry.active())
                .toList();
        byte[] html = SignInPage.render(exchange, users).getBytes(StandardCharsets.UTF_8);
        exchange.addHeader("Cache-Control", "no-store");
        exchange.addHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        exchange.respond(200, "text/html; charset=UTF-8", html);
    }
}
