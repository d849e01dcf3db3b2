package io.lakeport.core.state;

/**
 * What a change expects to find.
 *
 * @param revision the revision that the document must have; 0 when it must not be there; -1 when anything will do
 */
public record Expectation(long revision) {
    private static final long NOTHING = 0;
    private static final long WHATEVER = -1;

    public Expectation {
        if (revision < WHATEVER) {
            throw new IllegalArgumentException("a revision is positive, not " + revision);
        }
    }

    /** Expects nothing in particular. */
    public static Expectation anything() {
        return new Expectation(WHATEVER);
    }

    /** Expects that the document is not there. */
    public static Expectation absent() {
        return new Expectation(NOTHING);
    }

    /** Expects the document at that revision; it must be positive. */
    public static Expectation revision(long revision) {
        if (revision < 1) {
            throw new IllegalArgumentException("a revision is positive, not " + revision);
        }
        return new Expectation(revision);
    }

    /** Returns whether anything will do. */
    public boolean isAnything() {
        return revision == WHATEVER;
    }

    /** Returns whether the document must not be there. */
    public boolean isAbsent() {
        return revision == NOTHING;
    }

    /** Returns whether what is there, 0 for nothing, is what is expected. */
    public boolean accepts(long found) {
        return isAnything() || found == revision;
    }

    @Override
    public String toString() {
        return isAnything() ? "anything" : isAbsent() ? "no document" : "revision " + revision;
    }
}
