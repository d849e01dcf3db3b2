package io.lakeport.core.doctor;

import java.util.List;

/**
 * Why a check did not pass. Implemented by one enum for each subject; names are stable and unique among all of them, so
 * that a host can act on them.
 */
public interface Cause {
    /** Returns the stable name, for example {@code SECRET_EXPIRED}. */
    String name();

    /** Returns who has to look at it first. */
    Trouble trouble();

    /** Returns what it means, in a sentence for a person. */
    String meaning();

    /** Returns what to do, the most likely first; for what this visit found out about the tenant. */
    List<Fix> fixes(Visit visit);
}
