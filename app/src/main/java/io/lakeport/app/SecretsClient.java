package io.lakeport.app;

import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.wiring.Rotations;
import io.lakeport.app.wiring.StateParts;
import io.lakeport.app.wiring.Tenants;
import io.lakeport.app.wiring.WorkspaceTrial;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.SignedIn;
import io.lakeport.core.credential.CredentialBoard;
import io.lakeport.core.credential.CredentialHealth;
import io.lakeport.core.credential.CredentialTrial;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.intake.Intakes;
import io.lakeport.core.rotation.RotationKeeper;
import io.lakeport.core.rotation.RotationListener;
import io.lakeport.core.rotation.RotationPolicy;
import io.lakeport.core.rotation.RotationRecord;
import io.lakeport.core.rotation.RotationReport;
import io.lakeport.core.rotation.RotationRequest;
import io.lakeport.core.rotation.RotationSubject;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What can be done about credentials of all tenants. Thread-safe. */
public final class SecretsClient {
    private static final Duration CHECK = Duration.ofSeconds(30);

    private final LakeportConfig config;
    private final Tenants tenants;

    SecretsClient(LakeportConfig config, Tenants tenants) {
        this.config = config;
        this.tenants = tenants;
    }

    /** Returns the secrets that can be rotated: those of OAuth clients that the vault keeps. */
    public List<RotationSubject> rotatable() {
        return tenants.shared().directory().active().stream()
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

    /**
     * Returns how customers hand their secrets over: see {@link Intakes}. What is accepted was tried by a real sign-in.
     *
     * @throws LakeportException INVALID_REQUEST when the configuration has no vault
     */
    public Intakes intakes() {
        return WorkspaceTrial.intakes(tenants);
    }

    /**
     * Returns how every credential of all tenants and their users is.
     *
     * @param within how long before its end a credential is told to be ending
     * @param check whether each tenant's own credential is tried at its workspace, for up to 30 seconds; without it no
     *     call is made
     */
    public List<CredentialHealth> status(Duration within, boolean check) {
        return status(tenants.shared().directory().active(), within, check);
    }

    /**
     * Does the same for one tenant.
     *
     * @throws LakeportException NOT_FOUND when there is no such tenant; PERMISSION_DENIED when it is suspended
     */
    public List<CredentialHealth> status(String tenant, Duration within, boolean check) {
        return status(List.of(tenants.of(tenant).tenant()), within, check);
    }

    private List<CredentialHealth> status(Collection<Tenant> some, Duration within, boolean check) {
        StateParts state = tenants.shared().state();
        CredentialBoard board = new CredentialBoard(
                config.vault().isPresent() ? Optional.of(state.vault()) : Optional.empty(),
                state.users(),
                tenants.shared().clock().instant(),
                within);
        return some.stream()
                .flatMap(tenant -> board.of(tenant, failure(tenant), check ? trial(tenant) : Optional.empty()).stream())
                .toList();
    }

    private Optional<String> failure(Tenant tenant) {
        return Rotations.subject(tenant)
                .filter(subject -> config.vault().isPresent())
                .flatMap(subject -> RotationRecord.find(tenants.shared().state().store(), subject))
                .flatMap(RotationRecord::reason);
    }

    private Optional<CredentialTrial> trial(Tenant tenant) {
        try {
            SignedIn signedIn = tenants.of(tenant.id().value()).checkSignIn(Deadline.after(CHECK));
            boolean person = !signedIn.servicePrincipal();
            return Optional.of(new CredentialTrial(
                    true,
                    signedIn.tokenEndsAt(),
                    signedIn.name()
                            .map(name -> person
                                    ? "it is the credential of a person, " + name
                                            + ": when that account goes, so does the integration"
                                    : "signs in as " + name)
                            .orElse("")));
        } catch (LakeportException e) {
            if (e.is(SignInError.USER_NOT_NAMED)) {
                return Optional.empty();
            }
            boolean refused = e.category() == ErrorCategory.UNAUTHENTICATED;
            return Optional.of(new CredentialTrial(
                    !refused, Optional.empty(), (refused ? "refused: " : "could not be tried: ") + e.getMessage()));
        }
    }
}
