package io.lakeport.core.manifest;

/**
 * The versions of a table's change data feed that one run exported, both included. From version 0 on, the run read the
 * table as the last version holds it, which is what all changes up to it come to.
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

    /** Returns the range whose changes come to the whole table. */
    public static FeedRange upTo(long version) {
        return new FeedRange(0, version);
    }

    /** Returns whether the run read the table itself, and not what changed in it. */
    public boolean isWhole() {
        return first == 0;
    }

    /** Returns the range for a person. */
    @Override
    public String toString() {
        return isWhole() ? "the table at version " + last : "changes of versions " + first + " to " + last;
    }
}
