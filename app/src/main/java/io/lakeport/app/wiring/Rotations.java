package io.lakeport.app.wiring;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.oauthsecret.OAuthSecretError;
import io.lakeport.core.rotation.RotationListener;
import io.lakeport.core.rotation.RotationPolicy;
import io.lakeport.core.rotation.RotationPorts;
import io.lakeport.core.rotation.RotationSubject;
import io.lakeport.core.rotation.SecretRotation;
import io.lakeport.core.tenant.Tenant;
import java.util.Optional;

/** Rotations of tenants' OAuth secrets. Thread-safe. */
public final class Rotations {
    private static final String METHOD = "oauth-m2m";
    private static final String SECRET = "client_secret";
    private static final String CLIENT = "client_id";

    private final Tenants tenants;

    /** Creates them over the tenants' ports. */
    public Rotations(Tenants tenants) {
        this.tenants = tenants;
    }

    /** Returns what can be rotated of a tenant, empty when nothing can. */
    public static Optional<RotationSubject> subject(Tenant tenant) {
        String client = tenant.identity().properties().get(CLIENT);
        String sealed = tenant.identity().sealed().get(SECRET);
        return tenant.identity().method().equals(METHOD) && client != null && sealed != null
                ? Optional.of(new RotationSubject(tenant.id(), sealed, client))
                : Optional.empty();
    }

    private static RotationSubject require(Tenant tenant) {
        return subject(tenant)
                .orElseThrow(() -> new LakeportException(
                                OAuthSecretError.NOT_ROTATABLE,
                                "tenant '" + tenant.id() + "' signs in by '"
                                        + tenant.identity().method()
                                        + "' with nothing that can be rotated: that needs method '" + METHOD
                                        + "' whose 'client_secret' is ${vault:NAME}, because only what the vault keeps can"
                                        + " be changed under running hosts. Secrets of Microsoft Entra and personal access"
                                        + " tokens are not rotated")
                        .with("tenant", tenant.id().value()));
    }

    /**
     * Returns the rotation of a tenant's secret.
     *
     * @param by the tenant whose identity, an administrator of the same workspace, creates and deletes secrets; the
     *     tenant's own when empty
     * @throws LakeportException INVALID_REQUEST (NOT_ROTATABLE) when the secret is not in the vault, or {@code by} is of
     *     another workspace; NOT_FOUND when there is no such tenant
     */
    public SecretRotation of(String id, Optional<String> by, RotationPolicy policy, RotationListener listener) {
        TenantPorts ports = tenants.of(id);
        RotationSubject subject = require(ports.tenant());
        TenantPorts admin = by.map(tenants::of).orElse(ports);
        if (!admin.tenant().host().equals(ports.tenant().host())) {
            throw new LakeportException(
                    OAuthSecretError.NOT_ROTATABLE,
                    "tenant '" + admin.tenant().id() + "' is of another workspace than '" + id
                            + "', and cannot rotate its secrets; name one whose identity is an admin of "
                            + ports.tenant().host());
        }
        StateParts state = tenants.shared().state();
        return new SecretRotation(
                subject,
                new RotationPorts(
                        state.store(),
                        state.vault(),
                        admin.controlPlane().secrets(),
                        (candidate, deadline) -> ports.trySecret(SECRET, candidate, deadline),
                        listener),
                policy);
    }
}
