package io.lakeport.core.rotation;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.oauthsecret.NewSecret;
import io.lakeport.core.oauthsecret.OAuthSecretError;
import io.lakeport.core.rotation.RotationRecord.Fact;
import io.lakeport.core.secret.DestructionReceipt;
import io.lakeport.core.secret.SealedSecret;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One step of a rotation after the other. Each can be done again by anybody who finds the record before it, whatever
 * became of the first try. Confined to one thread.
 */
final class RotationSteps {
    private static final int CREATIONS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final RotationSubject subject;
    private final RotationPorts ports;
    private final RotationPolicy policy;
    private final RotationJournal journal;
    private final Deadline deadline;
    private final PrincipalSecrets secrets;

    /** The only place where the value is before it is sealed; who dies now loses it, and the secret is deleted. */
    private @Nullable Secret fresh;

    RotationSteps(
            RotationSubject subject,
            RotationPorts ports,
            RotationPolicy policy,
            RotationJournal journal,
            Deadline deadline) {
        this.subject = subject;
        this.ports = ports;
        this.policy = policy;
        this.journal = journal;
        this.deadline = deadline;
        this.secrets = new PrincipalSecrets(subject, ports.secrets(), deadline);
    }

    private RotationRecord record() {
        return journal.record();
    }

    /** Creates a secret, after those are gone that an earlier try created and lost. */
    void create() {
        destroyStaged();
        for (int left = CREATIONS; ; left--) {
            secrets.deleteLost(record());
            Instant now = journal.now();
            secrets.requireRoom(secrets.list(record().text(Fact.PRINCIPAL).orElseThrow()), record(), now);
            try {
                NewSecret created = ports.secrets()
                        .create(
                                record().text(Fact.PRINCIPAL).orElseThrow(),
                                Duration.ofSeconds(record().number(Fact.LIFETIME)),
                                deadline);
                fresh = created.value();
                RotationRecord next = record().in(RotationPhase.CREATED)
                        .with(Fact.NEW, created.info().id());
                journal.write(
                        created.info()
                                .expires()
                                .map(end -> next.with(Fact.NEW_ENDS, end))
                                .orElse(next),
                        "secret " + created.info().described() + " was created");
                return;
            } catch (LakeportException e) {
                boolean again =
                        e.is(OAuthSecretError.CREATION_UNKNOWN) || e.category() == ErrorCategory.RESOURCE_EXHAUSTED;
                if (!again || left == 1) {
                    throw e;
                }
                pause(e.retryAfter().orElse(PAUSE));
            }
        }
    }

    /** Seals the secret where no sign-in looks; one whose value died with its host is deleted, and another created. */
    void seal() {
        String id = record().text(Fact.NEW).orElseThrow();
        if (fresh != null) {
            journal.now();
            ports.vault().seal(subject.tenant(), subject.staging(), fresh, record().time(Fact.NEW_ENDS));
            fresh = null;
        }
        if (staged().isPresent()) {
            journal.write(record().in(RotationPhase.SEALED), "secret " + id + " was sealed, to be tried");
            return;
        }
        secrets.delete(record().text(Fact.PRINCIPAL).orElseThrow(), id);
        journal.write(
                record().in(RotationPhase.PLANNED).without(Fact.NEW, Fact.NEW_ENDS),
                "the value of secret " + id + " was lost before it was sealed, so it was deleted; another is created");
    }

    private Optional<SecretReference> staged() {
        return ports.vault().current(subject.tenant(), subject.staging()).map(SealedSecret::reference);
    }

    private Secret openStaged() {
        return ports.vault().open(staged().orElseThrow());
    }

    /** Signs in with the new secret; Databricks may need a while until all of it knows one. */
    void tryNew() {
        Secret candidate = openStaged();
        Deadline settled = Deadline.after(policy.settle()).atMost(deadline.remaining());
        while (true) {
            try {
                ports.trial().signIn(candidate, deadline);
                journal.now();
                journal.write(record().in(RotationPhase.TRIED), "a sign-in with it worked");
                return;
            } catch (LakeportException e) {
                if (e.category() != ErrorCategory.UNAUTHENTICATED) {
                    throw e;
                }
                if (settled.isExpired()) {
                    undo("a sign-in with the new secret was refused: " + e.getMessage());
                    return;
                }
                journal.now();
                pause(PAUSE);
            }
        }
    }

    /** Makes the new secret the one that sign-ins take: the newest version of its name. */
    void change() {
        Secret candidate = openStaged();
        Optional<SealedSecret> current = ports.vault().current(subject.tenant(), subject.name());
        boolean done = current.map(found -> ports.vault().open(found.reference()))
                .filter(candidate::sameValueAs)
                .isPresent();
        Instant now = journal.now();
        SecretReference live = done
                ? current.orElseThrow().reference()
                : ports.vault().seal(subject.tenant(), subject.name(), candidate, record().time(Fact.NEW_ENDS));
        journal.write(
                record().in(RotationPhase.SWITCHED)
                        .with(Fact.LIVE, live.version())
                        .with(Fact.SWITCHED_AT, now),
                "new sign-ins use " + live + "; the old secret stays for " + policy.overlap());
    }

    /** Deletes the old secret, unless the new one has stopped to work meanwhile. */
    void deleteOld() {
        SecretReference live = live();
        try {
            ports.trial().signIn(ports.vault().open(live), deadline);
        } catch (LakeportException e) {
            if (e.category() != ErrorCategory.UNAUTHENTICATED || !olderWorks(live)) {
                throw e;
            }
            undo("the new secret is refused since the switch: " + e.getMessage());
            return;
        }
        journal.now();
        String left = deleteAtDatabricks();
        versions(subject.name()).stream()
                .filter(version -> version.version() < live.version())
                .forEach(this::destroy);
        destroyStaged();
        secrets.deleteLost(record());
        Instant now = journal.now();
        RotationRecord over = record().in(RotationPhase.DONE)
                .with(Fact.OWN, record().text(Fact.NEW).orElseThrow())
                .with(Fact.OVER_AT, now)
                .without(Fact.KNOWN, Fact.OLD, Fact.OLD_MAY_GO, Fact.FAILURES, Fact.REASON, Fact.NOT_BEFORE);
        journal.write(over, left);
    }

    private SecretReference live() {
        return new SecretReference(subject.tenant(), subject.name(), record().number(Fact.LIVE));
    }

    private String deleteAtDatabricks() {
        Optional<String> old = record().text(Fact.OLD);
        if (old.isEmpty()) {
            return "done; which secret was the old one is not known, so none was deleted: look at the service principal's"
                    + " secrets, and delete those that nobody needs";
        }
        if (!record().text(Fact.OLD_MAY_GO).map(Boolean::parseBoolean).orElse(false)) {
            return "done; the old secret " + old.get()
                    + " was left, because Lakeport did not create it: delete it in the"
                    + " workspace, or let Lakeport do so (--adopt)";
        }
        secrets.delete(record().text(Fact.PRINCIPAL).orElseThrow(), old.get());
        return "done; the old secret " + old.get() + " was deleted";
    }

    private boolean olderWorks(SecretReference live) {
        Optional<SecretReference> older = versions(subject.name()).stream()
                .filter(version -> version.version() < live.version())
                .reduce((one, next) -> next);
        if (older.isEmpty()) {
            return false;
        }
        try {
            ports.trial().signIn(ports.vault().open(older.get()), deadline);
            return true;
        } catch (LakeportException e) {
            return false;
        }
    }

    void undo(String why) {
        journal.write(record().in(RotationPhase.UNDOING).with(Fact.REASON, why), "taken back: " + why);
    }

    /** Takes everything back that a rotation did. */
    void finishUndoing(BiFunction<RotationRecord, Instant, RotationRecord> putOff) {
        journal.now();
        if (record().text(Fact.LIVE).isPresent() && versions(subject.name()).contains(live())) {
            destroy(live());
        }
        Optional<String> principal = record().text(Fact.PRINCIPAL);
        record().text(Fact.NEW).ifPresent(id -> secrets.delete(principal.orElseThrow(), id));
        if (principal.isPresent()) {
            secrets.deleteLost(record().without(Fact.NEW));
        }
        destroyStaged();
        Instant now = journal.now();
        RotationRecord over = record().in(RotationPhase.UNDONE)
                .without(Fact.KNOWN, Fact.OLD, Fact.OLD_MAY_GO, Fact.NEW, Fact.NEW_ENDS, Fact.LIVE, Fact.SWITCHED_AT)
                .with(Fact.OVER_AT, now);
        journal.write(putOff.apply(over, now), "the new secret was taken back; the old one serves on");
    }

    private List<SecretReference> versions(String name) {
        return ports.vault().list(subject.tenant()).stream()
                .map(SealedSecret::reference)
                .filter(reference -> reference.name().equals(name))
                .toList();
    }

    private void destroyStaged() {
        versions(subject.staging()).forEach(this::destroy);
    }

    private void destroy(SecretReference reference) {
        DestructionReceipt unused = ports.vault().destroy(reference);
    }

    private void pause(Duration wanted) {
        Duration wait = wanted.compareTo(LONGEST_PAUSE) < 0 ? wanted : LONGEST_PAUSE;
        if (wait.compareTo(deadline.remaining()) >= 0) {
            throw Deadline.expired("the rotation of " + subject);
        }
        try {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, "the rotation of " + subject + " was interrupted", e);
        }
    }
}
