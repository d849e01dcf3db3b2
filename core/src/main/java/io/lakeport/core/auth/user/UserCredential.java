package io.lakeport.core.auth.user;

import io.lakeport.core.secret.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a user gave, and when it was obtained and last used.
 *
 * @param owner whose it is
 * @param method method name of the {@link io.lakeport.core.auth.TokenSourceProvider} that understands it
 * @param properties what may be shown, for example the scope that was granted
 * @param secrets what may not
 * @param obtainedAt when the user signed in or entered it
 * @param renewedAt when it was last replaced without the user, empty when it never was
 * @param lastUsedAt when it last served a call, to within a minute; empty when it never did
 * @param ended why it serves no more, empty while it does
 */
public record UserCredential(
        ConnectionUser owner,
        String method,
        Map<String, String> properties,
        Map<String, Secret> secrets,
        Instant obtainedAt,
        Optional<Instant> renewedAt,
        Optional<Instant> lastUsedAt,
        Optional<String> ended) {
    public UserCredential {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(method, "method");
        properties = Map.copyOf(properties);
        secrets = Map.copyOf(secrets);
        Objects.requireNonNull(obtainedAt, "obtainedAt");
        Objects.requireNonNull(renewedAt, "renewedAt");
        Objects.requireNonNull(lastUsedAt, "lastUsedAt");
        Objects.requireNonNull(ended, "ended");
    }

    /** Returns a credential that was obtained now and never used. */
    public static UserCredential obtained(
            ConnectionUser owner,
            String method,
            Map<String, String> properties,
            Map<String, Secret> secrets,
            Instant now) {
        return new UserCredential(
                owner, method, properties, secrets, now, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns it with what took the place of its secrets. */
    public UserCredential renewed(Map<String, String> others, Map<String, Secret> fresh, Instant now) {
        return new UserCredential(owner, method, others, fresh, obtainedAt, Optional.of(now), lastUsedAt, ended);
    }

    /** Returns it as used now. */
    public UserCredential used(Instant now) {
        return new UserCredential(owner, method, properties, secrets, obtainedAt, renewedAt, Optional.of(now), ended);
    }

    /** Returns it without its secrets, and why it serves no more. */
    public UserCredential ended(String why) {
        return new UserCredential(
                owner, method, properties, Map.of(), obtainedAt, renewedAt, lastUsedAt, Optional.of(why));
    }
}
