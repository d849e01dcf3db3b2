package io.lakeport.core.manifest;

/**
 * The versions of a table's change data feed that one run exported, both included.
 *
 * @param first first version; not negative
 * @param last last version; not below the first
 */
public record FeedRange(long first, long last) {
    public FeedRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("change feed from version " + first + " to " + last + " is no range");
        }
    }

    /** Returns the range for a person. */
    @Override
    public String toString() {
        return "changes of versions " + first + " to " + last;
    }
}
