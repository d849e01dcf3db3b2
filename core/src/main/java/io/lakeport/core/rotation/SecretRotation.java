package io.lakeport.core.rotation;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.rotation.RotationRecord.Fact;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateError;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Use case: replaces an OAuth secret while it is in use. How far it has come is on disk before each step, and each step
 * can be done again; so whoever dies at any instant, the next run of any host goes on, or takes back what cannot be
 * gone on with. One host at a time has the lease. Thread-safe.
 *
 * <p>Times are those of the state store's clock, which all hosts have in common, and ends are told by Databricks' clock:
 * a host whose own clock is wrong neither ends an overlap too early nor rotates too late.
 */
public final class SecretRotation {
    private static final Logger LOG = LoggerFactory.getLogger(SecretRotation.class);
    private static final Duration FIRST_PUT_OFF = Duration.ofMinutes(5);
    private static final Duration LONGEST_PUT_OFF = Duration.ofHours(12);
    private static final int MOST_DOUBLINGS = 10;

    private final RotationSubject subject;
    private final RotationPorts ports;
    private final RotationPolicy policy;
    private final StateSpace space;

    /** Creates the use case for one secret; makes no call but that for the store's space. */
    public SecretRotation(RotationSubject subject, RotationPorts ports, RotationPolicy policy) {
        this.subject = Objects.requireNonNull(subject, "subject");
        this.ports = Objects.requireNonNull(ports, "ports");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.space = ports.states().of(subject.tenant());
    }

    /** Returns what is written down of the latest rotation, empty when there was none. */
    public Optional<RotationRecord> record() {
        return RotationJournal.read(space, subject);
    }

    /**
     * Rotates, or goes on with a rotation that was begun. A later run deletes the old secret when the overlap has passed,
     * so this is run again and again, for example every few minutes.
     *
     * @param deadline for all of it; where it passes a later run goes on
     * @throws LakeportException as the workspace, the vault or the store refused; CONFLICT (SECRETS_FULL) naming which
     *     secrets could go; what was begun is written down, and a later run goes on or takes it back
     */
    public RotationReport run(RotationRequest request, Deadline deadline) {
        String owner = "process " + ProcessHandle.current().pid() + " " + UUID.randomUUID();
        Optional<Lease> lease = space.acquire(RotationJournal.leaseName(subject), owner, policy.lease());
        if (lease.isEmpty()) {
            return busy();
        }
        RotationJournal journal = new RotationJournal(space, subject, this::tell, lease.get());
        try {
            return run(journal, request, deadline);
        } catch (LakeportException e) {
            if (!e.is(StateError.LEASE_LOST)) {
                failed(journal, e);
            }
            throw e;
        } finally {
            boolean unused = space.release(lease.get());
        }
    }

    private RotationReport busy() {
        Optional<Lease> holder = space.holder(RotationJournal.leaseName(subject));
        return report(
                RotationReport.Result.BUSY,
                subject + " is being rotated by another host: "
                        + holder.map(Lease::owner).orElse("it has just ended"),
                holder.map(Lease::expires));
    }

    private void tell(RotationSubject about, RotationPhase phase, String text) {
        if (phase == RotationPhase.UNDOING) {
            LOG.warn("{}: {}", about, text);
        } else {
            LOG.info("{}: {}", about, text);
        }
        ports.listener().happened(about, phase, text);
    }

    private RotationReport run(RotationJournal journal, RotationRequest request, Deadline deadline) {
        RotationPlanner planner = new RotationPlanner(subject, ports, policy, deadline);
        Instant now = journal.now();
        Optional<Instant> notBefore = journal.record().time(Fact.NOT_BEFORE);
        if (!request.now() && notBefore.filter(now::isBefore).isPresent()) {
            return report(
                    RotationReport.Result.PUT_OFF,
                    subject + " is not tried again before " + notBefore.get() + ", because it failed: "
                            + journal.record().reason().orElse(""),
                    notBefore);
        }
        planner.delete(request.delete());
        if (journal.record().phase().isOver()) {
            Optional<RotationReport> rest = request.now() ? Optional.empty() : planner.rest(journal.record(), now);
            if (rest.isPresent()) {
                return rest.get();
            }
            journal.write(planner.plan(journal.record(), now), "a new secret is about to be created");
        }
        return steps(journal, new RotationSteps(subject, ports, policy, journal, deadline));
    }

    private RotationReport steps(RotationJournal journal, RotationSteps steps) {
        while (true) {
            switch (journal.record().phase()) {
                case PLANNED -> steps.create();
                case CREATED -> steps.seal();
                case SEALED -> steps.tryNew();
                case TRIED -> steps.change();
                case SWITCHED -> {
                    Instant until =
                            journal.record().overlapEnds(policy.overlap()).orElseThrow();
                    if (journal.now().isBefore(until)) {
                        return report(
                                RotationReport.Result.SWITCHED,
                                subject + " was switched; a run after " + until + " deletes the old one",
                                Optional.of(until));
                    }
                    steps.deleteOld();
                }
                case UNDOING -> steps.finishUndoing(SecretRotation::putOff);
                case DONE -> {
                    return report(RotationReport.Result.DONE, subject + " was rotated", Optional.empty());
                }
                case UNDONE -> {
                    return report(
                            RotationReport.Result.UNDONE,
                            subject + " was not rotated: "
                                    + journal.record().reason().orElse("") + "; the old secret serves on",
                            journal.record().time(Fact.NOT_BEFORE));
                }
            }
        }
    }

    private static RotationRecord putOff(RotationRecord record, Instant now) {
        long failures = record.number(Fact.FAILURES);
        Duration wait = FIRST_PUT_OFF.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return record.with(Fact.FAILURES, failures + 1)
                .with(Fact.NOT_BEFORE, now.plus(wait.compareTo(LONGEST_PUT_OFF) < 0 ? wait : LONGEST_PUT_OFF));
    }

    /** Writes down why it could not go on, and until when it is left alone. */
    private void failed(RotationJournal journal, LakeportException failure) {
        try {
            RotationRecord record = journal.record().with(Fact.REASON, String.valueOf(failure.getMessage()));
            journal.write(putOff(record, journal.now()), "could not go on, a later run does: " + failure.getMessage());
        } catch (LakeportException e) {
            failure.addSuppressed(e);
        }
    }

    private RotationReport report(RotationReport.Result result, String text, Optional<Instant> next) {
        return new RotationReport(subject, result, text, next);
    }
}
