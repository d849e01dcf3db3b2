package io.lakeport.core.grant.plan;

import io.lakeport.core.account.AccountPlane;
import io.lakeport.core.catalog.Metastore;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.grant.Fix;
import io.lakeport.core.grant.Fixes;
import io.lakeport.core.grant.KnownIds;
import io.lakeport.core.grant.Right;
import io.lakeport.core.principal.Principal;
import io.lakeport.core.principal.PrincipalName;
import io.lakeport.core.time.Deadline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Use case: compares what somebody needs with what is there. Changes nothing; {@link PlanApplication} does. Thread-safe.
 */
public final class AccessPlanner {
    private final PlanPorts ports;

    /** Creates a planner that closes none of the ports. */
    public AccessPlanner(PlanPorts ports) {
        this.ports = Objects.requireNonNull(ports, "ports");
    }

    /**
     * Returns what is missing. What the identity at hand must not see is taken for missing, and the step says so.
     *
     * @throws LakeportException CONFLICT when several service principals have the display name; or as the workspace
     *     answered
     */
    public AccessPlan plan(AccessRequest asked, Deadline deadline) {
        AccessRequest request = known(asked, deadline);
        Principal me = ports.workspace().principals().me(deadline);
        Holdings holdings = new Holdings(ports, deadline);
        HeldRights held = new HeldRights(ports, holdings, me, request.grantee(), deadline);
        Standing standing = Standing.of(ports, me, holdings, deadline);
        List<Right> there = new ArrayList<>();
        List<PlanStep> steps = new ArrayList<>();
        KnownIds ids = ids(request, me, holdings);
        List<Need> needs = Needs.of(request);
        for (Need need : needs) {
            if (isCreated(request, need.right()) || held.has(need.right())) {
                there.add(need.right());
            } else {
                Fix fix = fix(need.right(), ids);
                boolean allowed = isRunnable(fix) && standing.may(need.right(), fix.who());
                steps.add(new PlanStep(need.right(), need.reason(), fix, allowed, held.unknown(need.right())));
            }
        }
        return new AccessPlan(request, me.name(), there, steps, new Excess(request, needs, holdings, held).advice());
    }

    private static boolean isCreated(AccessRequest request, Right right) {
        return right instanceof Right.Exists && !request.principal().isToBeCreated();
    }

    /** SQL alone needs somebody to run it. */
    private boolean isRunnable(Fix fix) {
        return !fix.calls().isEmpty() || ports.sql().isPresent();
    }

    private Fix fix(Right right, KnownIds ids) {
        boolean byWorkspace = right instanceof Right.Assigned assigned
                && ports.account().isEmpty()
                && PrincipalName.isApplicationId(assigned.principal().name());
        return byWorkspace ? Fixes.assignByWorkspace(((Right.Assigned) right).principal()) : Fixes.of(right, ids);
    }

    /** A service principal that is to be created may be there already: a name is looked for before it is used. */
    private AccessRequest known(AccessRequest request, Deadline deadline) {
        if (!request.principal().isToBeCreated()) {
            return request;
        }
        String name = request.displayName().orElseThrow();
        List<Principal> found = new ArrayList<>(ports.workspace().principals().servicePrincipals(name, deadline));
        if (found.isEmpty() && ports.account().isPresent()) {
            AccountPlane account = ports.account().get();
            if (account.isAdmin(deadline)) {
                found.addAll(account.servicePrincipals(name, deadline));
            }
        }
        if (found.size() > 1) {
            throw new LakeportException(
                    CoreError.OBJECT_EXISTS,
                    found.size() + " service principals are called '" + name
                            + "'; name the one that is meant by its application id: "
                            + String.join(
                                    ", ",
                                    found.stream().map(p -> p.name().name()).toList()));
        }
        return found.isEmpty() ? request : request.of(found.get(0).name());
    }

    private KnownIds ids(AccessRequest request, Principal me, Holdings holdings) {
        Map<PrincipalName, String> ids = new HashMap<>();
        ids.put(me.name(), me.id());
        for (PrincipalName name : List.of(request.principal(), request.grantee())) {
            holdings.inWorkspace(name)
                    .or(() -> holdings.inAccount(name))
                    .ifPresent(principal -> ids.put(name, principal.id()));
        }
        Optional<Metastore> metastore = holdings.metastore();
        return new KnownIds(
                ports.account().map(account -> account.account().id()),
                metastore.map(Metastore::workspaceId),
                metastore.map(Metastore::id),
                ids);
    }
}
