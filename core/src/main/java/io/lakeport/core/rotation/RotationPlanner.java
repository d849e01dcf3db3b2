package io.lakeport.core.rotation;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.oauthsecret.IssuedSecret;
import io.lakeport.core.rotation.RotationRecord.Fact;
import io.lakeport.core.secret.SealedSecret;
import io.lakeport.core.time.Deadline;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says whether a secret is due, and writes down what there was before anything is changed. */
final class RotationPlanner {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Lives are shortened by multiples of three seconds within a day: Databricks may round by one. */
    private static final int MARKS = 28_800;

    private static final int MARK_SECONDS = 3;

    private final RotationSubject subject;
    private final RotationPorts ports;
    private final RotationPolicy policy;
    private final Deadline deadline;
    private final PrincipalSecrets secrets;

    RotationPlanner(RotationSubject subject, RotationPorts ports, RotationPolicy policy, Deadline deadline) {
        this.subject = subject;
        this.ports = ports;
        this.policy = policy;
        this.deadline = deadline;
        this.secrets = new PrincipalSecrets(subject, ports.secrets(), deadline);
    }

    /** Returns why nothing has to be done now, empty when something has. */
    Optional<RotationReport> rest(RotationRecord record, Instant now) {
        Optional<SealedSecret> current = ports.vault().current(subject.tenant(), subject.name());
        if (current.isEmpty()) {
            return Optional.empty();
        }
        Optional<IssuedSecret> issued = current.get().expires().isPresent() ? Optional.empty() : onlyOne(now);
        Optional<Instant> ends = current.get().expires().or(() -> issued.flatMap(IssuedSecret::expires));
        if (ends.isEmpty()) {
            return Optional.of(new RotationReport(
                    subject,
                    RotationReport.Result.END_UNKNOWN,
                    subject
                            + " was sealed without its end, and the service principal has several secrets, so nobody can"
                            + " tell which it is; rotate it once on request, and its end is known from then on",
                    Optional.empty()));
        }
        Instant created = issued.map(IssuedSecret::created).orElse(current.get().created());
        Instant due = policy.due(subject, created, ends.get());
        return now.isBefore(due)
                ? Optional.of(new RotationReport(
                        subject,
                        RotationReport.Result.NOT_DUE,
                        subject + " ends " + ends.get() + " and is rotated from " + due + " on",
                        Optional.of(due)))
                : Optional.empty();
    }

    /** A principal with one secret that works signs in with that one. */
    private Optional<IssuedSecret> onlyOne(Instant now) {
        List<IssuedSecret> working = working(secrets.list(secrets.id()), now);
        return working.size() == 1 ? Optional.of(working.get(0)) : Optional.empty();
    }

    private static List<IssuedSecret> working(List<IssuedSecret> listed, Instant now) {
        return listed.stream()
                .filter(secret -> secret.active()
                        && secret.expires().map(end -> end.isAfter(now)).orElse(true))
                .toList();
    }

    /** Deletes what a person named. */
    void delete(Set<String> ids) {
        if (!ids.isEmpty()) {
            String principal = secrets.id();
            ids.forEach(id -> secrets.delete(principal, id));
        }
    }

    /** Returns the plan; see {@link RotationPhase#PLANNED}. */
    RotationRecord plan(RotationRecord before, Instant now) {
        String principal = secrets.id();
        List<IssuedSecret> listed = secrets.list(principal);
        secrets.requireRoom(listed, before, now);
        long life = policy.lifetime().toSeconds() - (long) MARK_SECONDS * RANDOM.nextInt(MARKS);
        RotationRecord plan = before.without(
                        Fact.OLD,
                        Fact.OLD_MAY_GO,
                        Fact.NEW,
                        Fact.NEW_ENDS,
                        Fact.LIVE,
                        Fact.SWITCHED_AT,
                        Fact.NOT_BEFORE,
                        Fact.OVER_AT)
                .in(RotationPhase.PLANNED)
                .with(Fact.PRINCIPAL, principal)
                .with(Fact.LIFETIME, life)
                .with(Fact.KNOWN, listed.stream().map(IssuedSecret::id).collect(Collectors.joining(" ")));
        Optional<String> own = before.text(Fact.OWN)
                .filter(id -> listed.stream().anyMatch(secret -> secret.id().equals(id)));
        if (own.isPresent()) {
            return plan.with(Fact.OLD, own.get()).with(Fact.OLD_MAY_GO, true);
        }
        List<IssuedSecret> working = working(listed, now);
        return working.size() == 1 && currentWorks()
                ? plan.with(Fact.OLD, working.get(0).id()).with(Fact.OLD_MAY_GO, policy.adopt())
                : plan;
    }

    private boolean currentWorks() {
        Optional<SealedSecret> current = ports.vault().current(subject.tenant(), subject.name());
        if (current.isEmpty()) {
            return false;
        }
        try {
            ports.trial().signIn(ports.vault().open(current.get().reference()), deadline);
            return true;
        } catch (LakeportException e) {
            if (e.category() == ErrorCategory.UNAUTHENTICATED) {
                return false;
            }
            throw e;
        }
    }
}
