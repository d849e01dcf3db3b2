package io.lakeport.core.grant.plan;

import io.lakeport.core.catalog.Metastore;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.grant.Grant;
import io.lakeport.core.grant.Right;
import io.lakeport.core.grant.plan.StepOutcome.State;
import io.lakeport.core.principal.Principal;
import io.lakeport.core.principal.PrincipalName;
import io.lakeport.core.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Use case: gives what a plan says is missing, step by step. A step that fails does not keep those from being tried that
 * do not build on it; what became of each is told. Running it again goes on from what is there. Thread-safe.
 */
public final class PlanApplication {
    /** After these nothing else would go better. */
    private static final Set<ErrorCategory> FINAL =
            Set.of(ErrorCategory.UNAUTHENTICATED, ErrorCategory.DEADLINE_EXCEEDED, ErrorCategory.CANCELLED);

    private final PlanPorts ports;
    private final AccessPlanner planner;

    /** Creates it over ports that it does not close. */
    public PlanApplication(PlanPorts ports) {
        this.ports = Objects.requireNonNull(ports, "ports");
        this.planner = new AccessPlanner(ports);
    }

    /** Plans, and gives what is missing as far as the identity at hand may. */
    public AppliedPlan apply(AccessRequest request, Deadline deadline) {
        AccessPlan plan = planner.plan(request, deadline);
        List<StepOutcome> outcomes = new ArrayList<>();
        if (!plan.steps().isEmpty() && plan.steps().get(0).right() instanceof Right.Exists exists) {
            PlanStep step = plan.steps().get(0);
            Optional<Principal> created = create(step, exists, outcomes, deadline);
            if (created.isEmpty()) {
                plan.steps().stream()
                        .skip(1)
                        .forEach(later -> outcomes.add(notTried(later, "there is no service principal yet")));
                return new AppliedPlan(plan, outcomes);
            }
            plan = planner.plan(request.of(created.get().name()), deadline);
        }
        run(plan.steps(), outcomes, deadline);
        return new AppliedPlan(plan, outcomes);
    }

    private Optional<Principal> create(
            PlanStep step, Right.Exists exists, List<StepOutcome> outcomes, Deadline deadline) {
        Principal[] created = new Principal[1];
        outcomes.add(attempt(
                step,
                () -> created[0] = ports.account()
                        .filter(account -> account.isAdmin(deadline))
                        .map(account ->
                                account.createServicePrincipal(exists.displayName(), Optional.empty(), deadline))
                        .orElseGet(() -> ports.workspace()
                                .principals()
                                .createServicePrincipal(exists.displayName(), Optional.empty(), deadline))));
        return Optional.ofNullable(created[0]);
    }

    private void run(List<PlanStep> steps, List<StepOutcome> outcomes, Deadline deadline) {
        Optional<String> ended = Optional.empty();
        for (PlanStep step : steps) {
            if (ended.isPresent()) {
                outcomes.add(notTried(step, ended.get()));
                continue;
            }
            try {
                outcomes.add(attempt(step, () -> give(step.right(), deadline)));
            } catch (LakeportException e) {
                outcomes.add(new StepOutcome(step, State.FAILED, Optional.of(e.getMessage())));
                ended = Optional.of("it ended before: " + e.getMessage());
            }
        }
    }

    private static StepOutcome notTried(PlanStep step, String why) {
        return new StepOutcome(step, State.NOT_TRIED, Optional.of(why));
    }

    private static StepOutcome attempt(PlanStep step, Runnable action) {
        if (!step.allowed()) {
            return new StepOutcome(
                    step,
                    State.NOT_ALLOWED,
                    Optional.of("can be done by " + step.fix().whoWords()));
        }
        try {
            action.run();
            return new StepOutcome(step, State.DONE, Optional.empty());
        } catch (LakeportException e) {
            if (FINAL.contains(e.category())) {
                throw e;
            }
            return new StepOutcome(step, State.FAILED, Optional.of(e.getMessage()));
        }
    }

    private void give(Right right, Deadline deadline) {
        if (right instanceof Right.Granted granted) {
            grant(granted.grant(), deadline);
        } else if (right instanceof Right.Permitted permitted) {
            ports.workspace().grants().permit(permitted.permission(), deadline);
        } else if (right instanceof Right.Entitled entitled) {
            Principal principal = inWorkspace(entitled.principal(), deadline);
            ports.workspace().principals().entitle(principal, entitled.entitlement(), deadline);
        } else if (right instanceof Right.Assigned assigned) {
            assign(assigned.principal(), deadline);
        } else if (right instanceof Right.GroupExists group) {
            ports.account().orElseThrow().createGroup(group.group(), deadline);
        } else if (right instanceof Right.InGroup in) {
            Principal group = inAccount(PrincipalName.group(in.group()), deadline);
            ports.account().orElseThrow().addMember(group, inAccount(in.member(), deadline), deadline);
        } else if (right instanceof Right.SchemaEnabled schema) {
            ports.workspace().catalog().enableSystemSchema(metastore(deadline), schema.schema(), deadline);
        }
    }

    private void grant(Grant grant, Deadline deadline) {
        if (grant.securable().isHive()) {
            ports.sql().orElseThrow().run(grant.sql(), deadline);
        } else {
            ports.workspace().grants().change(grant.securable(), List.of(grant), List.of(), deadline);
        }
    }

    private void assign(PrincipalName name, Deadline deadline) {
        if (ports.account().isPresent()) {
            String workspace = metastore(deadline).workspaceId();
            ports.account().get().assign(workspace, inAccount(name, deadline), deadline);
        } else {
            ports.workspace().principals().createServicePrincipal(name.name(), Optional.of(name.name()), deadline);
        }
    }

    private Metastore metastore(Deadline deadline) {
        return ports.workspace()
                .catalog()
                .metastore(deadline)
                .orElseThrow(() -> new LakeportException(
                        CoreError.OBJECT_NOT_FOUND,
                        "no metastore is attached to the workspace; an account admin must attach one (Unity Catalog)"));
    }

    private Principal inWorkspace(PrincipalName name, Deadline deadline) {
        return ports.workspace().principals().find(name, deadline).orElseThrow(() -> missing(name, "workspace"));
    }

    private Principal inAccount(PrincipalName name, Deadline deadline) {
        return ports.account().orElseThrow().find(name, deadline).orElseThrow(() -> missing(name, "account"));
    }

    private static LakeportException missing(PrincipalName name, String where) {
        return new LakeportException(CoreError.OBJECT_NOT_FOUND, "there is no " + name + " in the " + where);
    }
}
