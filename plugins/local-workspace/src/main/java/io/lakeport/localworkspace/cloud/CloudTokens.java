package io.lakeport.localworkspace.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.http.ApiException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes tokens of clouds where a workspace takes them, and finds the name of the principal that they stand for. */
public final class CloudTokens {
    private final CloudIdentities clouds;
    private final Clock clock;

    /** Creates it. */
    public CloudTokens(CloudIdentities clouds, Clock clock) {
        this.clouds = clouds;
        this.clock = clock;
    }

    /**
     * A token of a cloud.
     *
     * @param names by which the principal may be known to the workspace, the surest first
     */
    public record Bearer(List<String> names) {}

    /**
     * Returns whom a token stands for; empty when no cloud signed it.
     *
     * @param base URL by which the client reached the workspace, which a Google token must name
     * @throws ApiException when a cloud signed it for something else, or it has ended. The texts about Entra tokens are
     *     those that users of Azure Databricks report; that about Google's is not confirmed.
     */
    public Optional<Bearer> bearer(String token, String base) {
        Optional<JsonNode> entra = clouds.entra().claims(token);
        if (entra.isPresent()) {
            return Optional.of(entra(entra.get()));
        }
        return clouds.google().claims(token).map(claims -> google(claims, base));
    }

    private Bearer entra(JsonNode claims) {
        requireEnd(claims);
        String audience = claims.path("aud").asText();
        if (!audience.equals(EntraDirectory.DATABRICKS)) {
            throw new ApiException(
                    400,
                    "400",
                    "Error while parsing token: io.jsonwebtoken.IncorrectClaimException: Expected aud claim to be: "
                            + EntraDirectory.DATABRICKS + ", but was: " + audience + ".");
        }
        return new Bearer(
                List.of(claims.path("appid").asText(), claims.path("oid").asText()));
    }

    private Bearer google(JsonNode claims, String base) {
        requireEnd(claims);
        if (!claims.path("aud").asText().equals(base)) {
            throw new ApiException(401, "401", "Invalid Google ID token: its audience is not " + base);
        }
        return new Bearer(List.of(claims.path("email").asText()));
    }

    private void requireEnd(JsonNode claims) {
        Instant end = Instant.ofEpochSecond(claims.path("exp").asLong());
        if (!clock.instant().isBefore(end)) {
            throw new ApiException(
                    400,
                    "400",
                    "Error while parsing token: io.jsonwebtoken.ExpiredJwtException: JWT expired at " + end
                            + ". Current time: " + clock.instant() + ". Allowed clock skew: 0 milliseconds.");
        }
    }
}
