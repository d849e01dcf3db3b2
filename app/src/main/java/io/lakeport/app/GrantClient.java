package io.lakeport.app;

import io.lakeport.app.wiring.TenantPorts;
import io.lakeport.core.account.AccountPlane;
import io.lakeport.core.auth.DatabricksAccount;
import io.lakeport.core.grant.plan.AccessPlan;
import io.lakeport.core.grant.plan.AccessPlanner;
import io.lakeport.core.grant.plan.AccessRequest;
import io.lakeport.core.grant.plan.AppliedPlan;
import io.lakeport.core.grant.plan.PlanApplication;
import io.lakeport.core.grant.plan.PlanPorts;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rights in a workspace, found out and given as one tenant's identity. For giving, that is an administrator's: a tenant
 * of its own, so that the tenant that is provisioned never holds an administrator's credential. Thread-safe.
 */
public final class GrantClient {
    private final TenantPorts ports;
    private final Optional<DatabricksAccount> account;

    GrantClient(TenantPorts ports, Optional<DatabricksAccount> account) {
        this.ports = ports;
        this.account = account;
    }

    /** Returns the same that works on an account as well: principals, groups, assignments to workspaces. */
    public GrantClient withAccount(DatabricksAccount known) {
        return new GrantClient(ports, Optional.of(known));
    }

    /**
     * Says what somebody needs for its work, what of it is missing, and what gives it; changes nothing. See {@link
     * AccessPlanner#plan}.
     *
     * @param timeout for all reads; positive
     */
    public AccessPlan plan(AccessRequest request, Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        return with(planPorts -> new AccessPlanner(planPorts).plan(request, deadline));
    }

    /**
     * Gives what is missing, as far as this identity may; see {@link PlanApplication#apply}.
     *
     * @param timeout for all reads and changes; positive
     */
    public AppliedPlan apply(AccessRequest request, Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        return with(planPorts -> new PlanApplication(planPorts).apply(request, deadline));
    }

    private <T> T with(Function<PlanPorts, T> work) {
        Optional<AccountPlane> plane = account.map(ports::account);
        try {
            return work.apply(new PlanPorts(ports.controlPlane(), plane, Optional.of(this::run)));
        } finally {
            plane.ifPresent(AccountPlane::close);
        }
    }

    private void run(String statement, Deadline deadline) {
        StatementRequest request =
                StatementRequest.of(statement).purpose(Purpose.DIAGNOSTICS).build(deadline);
        try (ResultStream result = ports.warehouse().execute(request)) {
            Objects.requireNonNull(result, "result");
        }
    }
}
