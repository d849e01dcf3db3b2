package io.lakeport.localworkspace.server;

import io.lakeport.localworkspace.auth.Identities;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Membership;
import java.util.Set;

/** The service principals of a workspace without a directory: all are account users, one administers it. */
record KnownPrincipals(Identities identities, String admin) implements Membership {
    @Override
    public Set<String> groupsOf(String principal) {
        return Set.of(Governance.ACCOUNT_USERS);
    }

    @Override
    public boolean exists(String principal) {
        return principal.equals(Governance.ACCOUNT_USERS)
                || identities.find(principal).isPresent();
    }

    @Override
    public boolean isWorkspaceAdmin(String principal) {
        return principal.equals(admin);
    }
}
