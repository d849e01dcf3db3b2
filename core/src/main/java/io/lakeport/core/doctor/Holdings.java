package io.lakeport.core.doctor;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.grant.Grant;
import io.lakeport.core.grant.Privilege;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.principal.Principal;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.workspace.ControlPlane;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether who is signed in holds a privilege that cannot be tried without changing something. */
public final class Holdings {
    /** Groups in which everybody is; nobody is told of their rights either, and they hardly ever may write. */
    private static final Set<String> EVERYBODY = Set.of("users", Principal.ACCOUNT_USERS);

    private Holdings() {}

    /** How certain it is. */
    public enum Held {
        YES,
        NO,
        /** Not by itself; what its groups hold is not told to it. */
        MAYBE_BY_GROUP
    }

    /** Looks at the owner and at what was granted to the identity and, as far as it is told, to its groups. */
    public static Held of(
            Visit visit, Privilege privilege, Securable securable, Optional<String> owner, Deadline deadline) {
        ControlPlane plane = visit.patient().controlPlane().get();
        Principal me = plane.principals().me(deadline);
        Set<String> identities = me.identities();
        if (owner.filter(identities::contains).isPresent()) {
            return Held.YES;
        }
        boolean granted = effective(plane, securable, me, deadline).stream()
                .filter(grant -> identities.contains(grant.principal()))
                .anyMatch(grant -> grant.privilege().includes(privilege));
        if (granted) {
            return Held.YES;
        }
        boolean inGroups = me.groups().stream().anyMatch(one -> !EVERYBODY.contains(one.group()));
        return inGroups ? Held.MAYBE_BY_GROUP : Held.NO;
    }

    /** Who manages the object is told of everybody; all others of themselves, if they ask so. */
    private static List<Grant> effective(ControlPlane plane, Securable securable, Principal me, Deadline deadline) {
        try {
            return plane.grants().effective(securable, Optional.empty(), deadline);
        } catch (LakeportException e) {
            if (e.category() != ErrorCategory.PERMISSION_DENIED) {
                throw e;
            }
            return plane.grants().effective(securable, Optional.of(me.name().name()), deadline);
        }
    }
}
