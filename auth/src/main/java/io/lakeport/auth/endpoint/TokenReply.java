package io.lakeport.auth.endpoint;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.secret.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * What a token endpoint gave.
 *
 * @param access the access token with its end
 * @param refresh what brings the next one, of a user's sign-in
 * @param id who signed in, when it was asked for
 * @param scope what was granted, empty when the answer does not say
 */
public record TokenReply(AccessToken access, Optional<Secret> refresh, Optional<Secret> id, String scope) {
    static TokenReply of(Secret value, Instant from, Instant end) {
        return new TokenReply(new AccessToken(value, from, Optional.of(end)), Optional.empty(), Optional.empty(), "");
    }
}
