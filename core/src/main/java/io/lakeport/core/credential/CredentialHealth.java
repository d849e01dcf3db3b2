package io.lakeport.core.credential;

import io.lakeport.core.auth.user.UserId;
import io.lakeport.core.tenant.TenantId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of one credential. It holds no secret.
 *
 * @param tenant whose it is
 * @param user which user's, empty for the tenant's own
 * @param method how it signs in
 * @param name which secret: that of the vault, or of the configuration
 * @param obtained since when Lakeport has it, empty when that is not known
 * @param ends when it ends, empty when that is not known or never
 * @param lastUsed when it last signed in or served a call, to within a minute; empty when it never did or is not known
 * @param tokenEnds when the access token ends that a check got with it; a token lives for an hour, as a rule, and the
 *     next one is fetched by itself as long as the credential lives
 * @param state in a word
 * @param advice what to do, or why there is nothing to do; empty text for a credential that is well
 */
public record CredentialHealth(
        TenantId tenant,
        Optional<UserId> user,
        String method,
        String name,
        Optional<Instant> obtained,
        Optional<Instant> ends,
        Optional<Instant> lastUsed,
        Optional<Instant> tokenEnds,
        CredentialState state,
        String advice) {
    public CredentialHealth {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(obtained, "obtained");
        Objects.requireNonNull(ends, "ends");
        Objects.requireNonNull(lastUsed, "lastUsed");
        Objects.requireNonNull(tokenEnds, "tokenEnds");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(advice, "advice");
    }

    CredentialHealth tried(CredentialTrial trial) {
        CredentialState found = trial.works() ? state : CredentialState.ENDED;
        String text = trial.works() ? joined(trial.text()) : trial.text();
        return new CredentialHealth(
                tenant, user, method, name, obtained, ends, lastUsed, trial.tokenEnds(), found, text);
    }

    private String joined(String more) {
        return advice.isEmpty() || more.isEmpty() ? advice + more : advice + "; " + more;
    }
}
