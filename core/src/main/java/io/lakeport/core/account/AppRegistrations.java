package io.lakeport.core.account;

import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Optional;

/**
 * Port: an account's own OAuth applications ({@code /api/2.0/accounts/{id}/oauth2/custom-app-integrations}). Thread-safe;
 * calls block, and are for account admins.
 */
public interface AppRegistrations {
    /**
     * A registered application with its secret, which the account never tells again.
     *
     * @param app what was registered
     * @param secret empty for an application that is not confidential
     */
    record Registered(OAuthApp app, Optional<Secret> secret) {}

    /** Returns every application. */
    List<OAuthApp> list(Deadline deadline);

    /** Registers an application; two of one name are possible, so look first. */
    Registered register(AppRequest request, Deadline deadline);

    /** Removes an application; its users' tokens end. */
    void delete(String integrationId, Deadline deadline);
}
