package io.lakeport.core.grant.plan;

import io.lakeport.core.account.AccountPlane;
import io.lakeport.core.catalog.Metastore;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.grant.Authority;
import io.lakeport.core.grant.Grant;
import io.lakeport.core.grant.ObjectRight;
import io.lakeport.core.grant.PermissionLevel;
import io.lakeport.core.grant.Privilege;
import io.lakeport.core.grant.Right;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.principal.Principal;
import io.lakeport.core.time.Deadline;
import java.util.Optional;
import java.util.Set;

/** What the identity at hand may do, as far as it can be told before it is tried. */
final class Standing {
    private final Principal me;
    private final boolean accountAdmin;
    private final boolean metastoreAdmin;
    private final Holdings holdings;

    private Standing(Principal me, boolean accountAdmin, boolean metastoreAdmin, Holdings holdings) {
        this.me = me;
        this.accountAdmin = accountAdmin;
        this.metastoreAdmin = metastoreAdmin;
        this.holdings = holdings;
    }

    static Standing of(PlanPorts ports, Principal me, Holdings holdings, Deadline deadline) {
        boolean metastoreAdmin = holdings.metastore()
                .flatMap(Metastore::owner)
                .filter(owner -> me.identities().contains(owner))
                .isPresent();
        return new Standing(me, isAccountAdmin(ports.account(), deadline), metastoreAdmin, holdings);
    }

    private static boolean isAccountAdmin(Optional<AccountPlane> account, Deadline deadline) {
        try {
            return account.isPresent() && account.get().isAdmin(deadline);
        } catch (LakeportException e) {
            if (e.category() == ErrorCategory.UNAUTHENTICATED) {
                return false;
            }
            throw e;
        }
    }

    boolean may(Right right, Set<Authority> who) {
        if (who.contains(Authority.WORKSPACE_ADMIN) && me.isWorkspaceAdmin()
                || who.contains(Authority.ACCOUNT_ADMIN) && accountAdmin
                || who.contains(Authority.METASTORE_ADMIN) && metastoreAdmin) {
            return true;
        }
        if (right instanceof Right.Granted granted) {
            return who.contains(Authority.OBJECT_OWNER) && owns(granted.grant().securable());
        }
        return right instanceof Right.Permitted permitted && manages(permitted.permission());
    }

    /** Owners of what an object lies in, and holders of MANAGE there, grant on it as well. */
    private boolean owns(Securable securable) {
        if (holdings.owner(securable).filter(me.identities()::contains).isPresent()) {
            return true;
        }
        boolean manages = holdings.effective(securable).stream()
                .filter(grant -> me.identities().contains(grant.principal()))
                .map(Grant::privilege)
                .anyMatch(Privilege.MANAGE::equals);
        return manages || securable.parent().filter(this::owns).isPresent();
    }

    private boolean manages(ObjectRight asked) {
        return holdings.permissions(asked.object(), asked.id()).stream()
                .filter(right -> me.identities().contains(right.principal().name()))
                .anyMatch(right ->
                        right.level() == PermissionLevel.CAN_MANAGE || right.level() == PermissionLevel.IS_OWNER);
    }
}
