package io.lakeport.localworkspace.billing;

import java.time.Instant;
import java.util.List;

/** Something that is billed. Thread-safe. */
@FunctionalInterface
public interface UsageSource {
    /** Returns all its usage up to now. */
    List<UsageRecord> usage(Instant now);
}
