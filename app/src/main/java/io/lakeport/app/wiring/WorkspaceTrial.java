package io.lakeport.app.wiring;

import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.intake.IntakeError;
import io.lakeport.core.intake.IntakeTrial;
import io.lakeport.core.intake.Intakes;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Map;

/** Tries a secret that was handed over at the workspace of its tenant. Thread-safe. */
public final class WorkspaceTrial implements IntakeTrial {
    private final Tenants tenants;

    private WorkspaceTrial(Tenants tenants) {
        this.tenants = tenants;
    }

    /**
     * Returns the intakes of all tenants.
     *
     * @throws LakeportException INVALID_REQUEST when there is no vault or no cipher
     */
    public static Intakes intakes(Tenants tenants) {
        SharedParts shared = tenants.shared();
        return new Intakes(
                shared.state().store(),
                shared.state().vault(),
                shared.providers().all(ProviderKind.INTAKE_CIPHER).values().stream()
                        .findFirst()
                        .orElseThrow(
                                () -> new LakeportException(
                                        CoreError.PROVIDER_MISSING,
                                        "there is no intake cipher; put the lakeport-auth jar on the class path or module path")),
                new WorkspaceTrial(tenants),
                shared.clock());
    }

    /** Returns the settings of the tenant's sign-in that stand for the vault's secret of that name. */
    private static List<String> settings(Tenant tenant, String name) {
        return tenant.identity().sealed().entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void requireUsed(TenantId id, String name) {
        TenantPorts ports = tenants.of(id.value());
        boolean used = !settings(ports.tenant(), name).isEmpty();
        if (!used || ports.signIns().isPerUser()) {
            throw new LakeportException(
                            IntakeError.INTAKE_NOT_USED,
                            "tenant '" + id + "' "
                                    + (used
                                            ? "has a credential for each user, so a secret of the tenant alone signs nobody"
                                                    + " in and cannot be tried; seal it with 'lakeport vault seal'"
                                            : "does not sign in with a secret '" + name
                                                    + "' of the vault, so it could not be tried; in the tenant's 'auth'"
                                                    + " write ${vault:" + name + "} in the place of the secret"))
                    .with("tenant", id.value());
        }
    }

    @Override
    public void signIn(TenantId id, String name, Secret candidate, Deadline deadline) {
        TenantPorts ports = tenants.of(id.value());
        ports.signIns().tryAtWorkspace(settings(ports.tenant(), name), candidate, deadline);
    }
}
