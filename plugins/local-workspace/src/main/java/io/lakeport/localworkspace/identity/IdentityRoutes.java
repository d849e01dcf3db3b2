package io.lakeport.localworkspace.identity;

import io.lakeport.localworkspace.access.IpAccess;
import io.lakeport.localworkspace.access.Permissions;
import io.lakeport.localworkspace.auth.Identities;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.http.Router;
import java.time.Clock;

/**
 * Every route of this package.
 *
 * @param tokens checks credentials
 * @param identities the principals
 * @param permissions who may use which object
 * @param ipAccess from where
 * @param clock for times in answers
 */
public record IdentityRoutes(
        TokenService tokens, Identities identities, Permissions permissions, IpAccess ipAccess, Clock clock) {
    /** Adds the routes. */
    public void addTo(Router router) {
        Callers callers = new Callers(tokens, identities);
        new ScimRoutes(callers, false).addTo(router);
        // Before the account's routes, whose first variable would take its path.
        new SecretRoutes(callers, clock).addTo(router);
        new ScimRoutes(callers, true).addTo(router);
        new AssignmentRoutes(callers).addTo(router);
        new AppRoutes(callers, clock).addTo(router);
        new FederationRoutes(callers, clock).addTo(router);
        new TokenRoutes(callers, permissions, ipAccess.settings()).addTo(router);
        new IpListRoutes(callers, ipAccess).addTo(router);
        new SettingsRoutes(callers, ipAccess).addTo(router);
        new PermissionRoutes(callers, permissions).addTo(router);
    }
}
