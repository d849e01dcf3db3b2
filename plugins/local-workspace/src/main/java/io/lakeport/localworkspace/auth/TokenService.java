package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.cloud.CloudTokens;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Note;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Issues access tokens and finds out who calls. Thread-safe. */
public final class TokenService {
    private static final String BEARER = "bearer ";
    private static final String ACCOUNT_API = "/api/2.0/accounts/";
    private static final String PROXIED_API = "/api/2.0/accounts/servicePrincipals/";

    private final Identities identities;
    private final Duration lifetime;
    private final Clock clock;
    private final boolean enforced;
    private final JwtSigner signer = new JwtSigner();

    /**
     * Creates the service.
     *
     * @param lifetime how long tokens live
     * @param enforced whether entitlements are checked
     */
    public TokenService(Identities identities, Duration lifetime, Clock clock, boolean enforced) {
        this.identities = identities;
        this.enforced = enforced;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    JwtSigner signer() {
        return signer;
    }

    Clock clock() {
        return clock;
    }

    /**
     * What an access token is issued for.
     *
     * @param principal who it stands for
     * @param clientId who asked for it
     * @param scopes what it opens
     * @param session of a user it belongs to, empty for none
     * @param lifetime when it is not the workspace's own
     */
    record Grant(
            Principal principal, String clientId, Set<String> scopes, String session, Optional<Duration> lifetime) {}

    /**
     * Issues an access token and returns the answer that carries it. The token must be a JWT with an issuer on the
     * workspace's host: the JDBC driver refuses an opaque one and tries to exchange one from elsewhere.
     */
    ObjectNode issue(Grant grant, Realm realm) throws JsonProcessingException {
        Duration life = grant.lifetime().orElse(lifetime);
        Instant now = clock.instant();
        String id = UUID.randomUUID().toString();
        String scope = String.join(" ", grant.scopes());
        ObjectNode claims = claims(realm, grant, now, now.plus(life))
                .put("client_id", grant.clientId())
                .put("scope", scope)
                .put("aud", realm.audience())
                .put("jti", id);
        Principal principal = grant.principal();
        identities
                .sessions()
                .issued()
                .add(id, new IssuedTokens.Issued(principal.id(), grant.session(), now.plus(life)), now);
        return Json.object()
                .put("access_token", signer.sign(claims))
                .put("scope", scope)
                .put("token_type", "Bearer")
                .put("expires_in", life.toSeconds());
    }

    /** Issues what OpenID Connect tells a client about the user who signed in. */
    String idToken(Grant grant, Realm realm, String nonce) throws JsonProcessingException {
        Instant now = clock.instant();
        ObjectNode claims = claims(realm, grant, now, now.plus(grant.lifetime().orElse(lifetime)))
                .put("aud", grant.clientId())
                .put("email", grant.principal().name())
                .put("preferred_username", grant.principal().name())
                .put("name", grant.principal().displayName());
        if (!nonce.isEmpty()) {
            claims.put("nonce", nonce);
        }
        return signer.signId(claims);
    }

    private static ObjectNode claims(Realm realm, Grant grant, Instant now, Instant end) {
        return Json.object()
                .put("iss", realm.issuer())
                .put("sub", grant.principal().name())
                .put("iat", now.getEpochSecond())
                .put("exp", end.getEpochSecond());
    }

    /**
     * Returns who calls.
     *
     * @throws ApiException 401 without a bearer token, 403 with an invalid or expired one, with one whose scopes do not
     *     open this path, or of a principal that is not in the workspace; the messages are those that users of the
     *     service report
     */
    public Principal authenticate(Exchange exchange) {
        Principal principal = find(exchange);
        exchange.note(Note.PRINCIPAL, principal.applicationId());
        return principal;
    }

    private Principal find(Exchange exchange) {
        String header = exchange.header("Authorization").orElse("");
        if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                || header.substring(BEARER.length()).isBlank()) {
            throw notSent();
        }
        String token = header.substring(BEARER.length()).trim();
        boolean account = isAccountApi(exchange.path());
        Principal principal = token.indexOf('.') < 0 ? fromPersonal(token, exchange.path()) : fromJwt(token, exchange);
        if (!account && !identities.isInWorkspace(principal)) {
            throw refused("Unauthorized access to workspace: " + WorkspaceIdentity.WORKSPACE_ID);
        }
        requireEntitlement(principal, exchange.path());
        return principal;
    }

    private void requireEntitlement(Principal principal, String path) {
        if (enforced) {
            EntitlementRule.objection(path, identities.entitlementsOf(principal))
                    .ifPresent(message -> {
                        throw new ApiException(403, "PERMISSION_DENIED", message);
                    });
        }
    }

    private static boolean isAccountApi(String path) {
        return path.startsWith(ACCOUNT_API) && !path.startsWith(PROXIED_API);
    }

    private Principal fromPersonal(String text, String path) {
        if (isAccountApi(path)) {
            // The account's API takes OAuth only, and says so by this message.
            throw notSent();
        }
        PersonalToken token = identities.tokens().check(text).orElseThrow(() -> refused("Invalid access token."));
        if (!token.scopes().isEmpty()) {
            requireScope(token.scopes(), path);
        }
        return identities.ownerOf(token).orElseThrow(() -> refused("Invalid access token."));
    }

    private static void requireScope(List<String> scopes, String path) {
        String needed = Scopes.neededFor(path);
        if (!scopes.contains(Scopes.ALL_APIS) && !scopes.contains(needed)) {
            throw refused("Provided OAuth token does not have required scopes: " + needed);
        }
    }

    private Principal fromJwt(String token, Exchange exchange) {
        Optional<JsonNode> ours = validClaims(token);
        if (ours.isEmpty()) {
            return fromCloud(token, exchange).orElseThrow(() -> refused("Invalid Token"));
        }
        JsonNode claims = ours.get();
        Principal principal = identities
                .find(claims.path("sub").asText())
                .filter(identities::isActive)
                .orElseThrow(() -> refused("Invalid Token"));
        requireScope(List.of(claims.path("scope").asText().split(" ")), exchange.path());
        return principal;
    }

    /** Takes a token of a cloud for what it is: it has no scopes of ours. */
    private Optional<Principal> fromCloud(String token, Exchange exchange) {
        return new CloudTokens(identities.clouds(), clock)
                .bearer(token, exchange.base())
                .map(bearer -> bearer.names().stream()
                        .flatMap(name -> identities.find(name).stream())
                        .filter(identities::isActive)
                        .findFirst()
                        .orElseThrow(() -> refused("User not authorized.")));
    }

    /** Returns the claims of an access token of ours that is neither expired nor revoked. */
    Optional<JsonNode> validClaims(String token) {
        return signer.verify(token)
                .filter(claims ->
                        clock.instant().getEpochSecond() < claims.path("exp").asLong())
                .filter(claims ->
                        identities.sessions().issued().isOut(claims.path("jti").asText()));
    }

    private static ApiException notSent() {
        return new ApiException(401, "401", "Credential was not sent or was of an unsupported type for this API.");
    }

    private static ApiException refused(String message) {
        return new ApiException(403, "403", message);
    }
}
