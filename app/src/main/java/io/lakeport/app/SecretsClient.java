package io.lakeport.app;

import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.wiring.Rotations;
import io.lakeport.app.wiring.Tenants;
import io.lakeport.core.rotation.RotationKeeper;
import io.lakeport.core.rotation.RotationListener;
import io.lakeport.core.rotation.RotationPolicy;
import io.lakeport.core.rotation.RotationReport;
import io.lakeport.core.rotation.RotationRequest;
import io.lakeport.core.rotation.RotationSubject;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What can be done about credentials of all tenants. Thread-safe. */
public final class SecretsClient {
    private final LakeportConfig config;
    private final Tenants tenants;

    SecretsClient(LakeportConfig config, Tenants tenants) {
        this.config = config;
        this.tenants = tenants;
    }

    /** Returns the secrets that can be rotated: those of OAuth clients that the vault keeps. */
    public List<RotationSubject> rotatable() {
        return config.tenants().values().stream()
                .flatMap(tenant -> Rotations.subject(tenant).stream())
                .toList();
    }

    /**
     * Rotates a tenant's OAuth secret, or goes on with a rotation that was begun; see
     * {@link io.lakeport.core.rotation.SecretRotation#run}. Queries go on meanwhile.
     *
     * @param by the tenant whose identity is an administrator of the workspace; the tenant's own when empty
     * @param timeout for this run; positive
     */
    public RotationReport rotate(
            String tenant, Optional<String> by, RotationPolicy policy, RotationRequest request, Duration timeout) {
        return new Rotations(tenants)
                .of(tenant, by, policy, RotationListener.NONE)
                .run(request, Deadline.after(timeout));
    }

    /**
     * Rotates what is due and goes on with what was begun; see {@link RotationKeeper#keep}. Run it every few minutes.
     *
     * @param by names the tenant whose identity is an administrator of a tenant's workspace; empty for its own
     * @param each for each secret; positive
     */
    public List<RotationReport> keep(
            Collection<RotationSubject> subjects,
            Function<RotationSubject, Optional<String>> by,
            RotationPolicy policy,
            RotationListener listener,
            Duration each) {
        Objects.requireNonNull(listener, "listener");
        Rotations rotations = new Rotations(tenants);
        return new RotationKeeper(
                        subject -> rotations.of(subject.tenant().value(), by.apply(subject), policy, listener))
                .keep(subjects, each);
    }
}
