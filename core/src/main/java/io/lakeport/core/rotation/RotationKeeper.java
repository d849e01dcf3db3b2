package io.lakeport.core.rotation;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Use case: keeps the secrets of many tenants young. Run it every few minutes on as many hosts as there are: a run that
 * finds nothing due changes nothing, and of two that find the same one does it. One tenant's failure does not keep
 * another's secret from being rotated. Thread-safe.
 */
public final class RotationKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(RotationKeeper.class);

    private final Function<RotationSubject, SecretRotation> rotations;

    /** Creates the keeper. */
    public RotationKeeper(Function<RotationSubject, SecretRotation> rotations) {
        this.rotations = Objects.requireNonNull(rotations, "rotations");
    }

    /**
     * Rotates what is due, and goes on with what was begun.
     *
     * @param each for each secret; positive
     * @return a report of each; those that failed say why, and are tried again by a run after a while
     */
    public List<RotationReport> keep(Collection<RotationSubject> subjects, Duration each) {
        List<RotationReport> reports = new ArrayList<>();
        for (RotationSubject subject : subjects) {
            reports.add(keep(subject, each));
        }
        return reports;
    }

    private RotationReport keep(RotationSubject subject, Duration each) {
        try {
            return rotations.apply(subject).run(RotationRequest.whenDue(), Deadline.after(each));
        } catch (LakeportException e) {
            LOG.warn("{} could not be rotated: {}", subject, e.getMessage());
            return new RotationReport(
                    subject, RotationReport.Result.FAILED, String.valueOf(e.getMessage()), Optional.empty());
        }
    }
}
