package io.lakeport.core.doctor;

import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.List;

/** One step of the walk. Stateless and thread-safe: what it finds out for later steps it notes in the visit. */
public interface Check {
    /** Returns its name, unique in the walk, for example {@code token}. */
    String name();

    /** Returns the names of earlier checks without which it makes no sense; those that failed or were skipped stop it. */
    List<String> needs();

    /** Returns what it does, in words. */
    String tried(Visit visit);

    /** Returns the page that documents it. */
    String reference(Visit visit);

    /** Returns how long it may take at most; 30 seconds for those that wait for no warehouse. */
    default Duration longest() {
        return Duration.ofSeconds(30);
    }

    /**
     * Looks. What it throws becomes a failure with a cause that {@link CommonCause} knows.
     *
     * @param deadline until when it may take
     */
    Outcome examine(Visit visit, Deadline deadline);
}
