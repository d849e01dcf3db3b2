package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * How long tokens of an application live, as its {@code token_access_policy} says.
 *
 * @param access life of its access tokens; empty for the workspace's own
 * @param refresh life of a refresh token; Databricks' default is 7 days
 * @param singleUse whether a refresh token serves once
 * @param session time after which a user must sign in again, however often tokens were refreshed
 */
record TokenPolicy(Optional<Duration> access, Duration refresh, boolean singleUse, Optional<Duration> session) {
    static final TokenPolicy DEFAULT = new TokenPolicy(Optional.empty(), Duration.ofDays(7), true, Optional.empty());

    static TokenPolicy read(JsonNode node) {
        return new TokenPolicy(
                minutes(node, "access_token_ttl_in_minutes"),
                minutes(node, "refresh_token_ttl_in_minutes").orElse(DEFAULT.refresh()),
                node.path("enable_single_use_refresh_tokens").asBoolean(true),
                minutes(node, "absolute_session_lifetime_in_minutes"));
    }

    private static Optional<Duration> minutes(JsonNode node, String field) {
        return node.hasNonNull(field)
                ? Optional.of(Duration.ofMinutes(node.get(field).asLong()))
                : Optional.empty();
    }
}
