package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Note;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Issues access tokens and finds out who calls. Thread-safe. */
public final class TokenService {
    private static final String BEARER = "bearer ";

    private final Identities identities;
    private final Duration lifetime;
    private final Clock clock;
    private final JwtSigner signer = new JwtSigner();

    /** Creates the service; tokens live as long as {@code lifetime}. */
    public TokenService(Identities identities, Duration lifetime, Clock clock) {
        this.identities = identities;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    JwtSigner signer() {
        return signer;
    }

    Duration lifetime() {
        return lifetime;
    }

    /**
     * Issues an access token. It must be a JWT with an issuer on the workspace's host: the JDBC driver refuses an
     * opaque one and tries to exchange one from elsewhere.
     */
    String issue(Principal principal, String scope, String issuer) throws JsonProcessingException {
        Instant now = clock.instant();
        ObjectNode claims = Json.object();
        claims.put("client_id", principal.applicationId())
                .put("scope", scope)
                .put("iss", issuer)
                .put("aud", WorkspaceIdentity.WORKSPACE_ID)
                .put("sub", principal.applicationId())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(lifetime).getEpochSecond())
                .put("jti", UUID.randomUUID().toString());
        return signer.sign(claims);
    }

    /**
     * Returns who calls.
     *
     * @throws ApiException 401 without a bearer token, 403 with an invalid or expired one; the messages are those that
     *     users of the service report
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
            throw new ApiException(401, "401", "Credential was not sent or was of an unsupported type for this API.");
        }
        String token = header.substring(BEARER.length()).trim();
        if (token.indexOf('.') < 0) {
            return identities.ownerOf(token).orElseThrow(() -> refused("Invalid access token."));
        }
        return fromJwt(token);
    }

    private Principal fromJwt(String token) {
        JsonNode claims = signer.verify(token).orElseThrow(() -> refused("Invalid Token"));
        if (clock.instant().getEpochSecond() >= claims.path("exp").asLong()) {
            throw refused("Invalid Token");
        }
        Optional<Principal> principal = identities.find(claims.path("sub").asText());
        return principal.orElseThrow(() -> refused("Invalid Token"));
    }

    private static ApiException refused(String message) {
        return new ApiException(403, "403", message);
    }
}
