package io.lakeport.core.query;

/** Why a statement runs; it has its own limits and is recorded in the ledger and in the query tags. */
public enum Purpose {
    /** A small sample, always under a limit. */
    CONTEXT,
    /** An analytical query of the host. */
    ANALYTICS,
    /** Reads on behalf of an export. */
    EXPORT,
    /** Writes back to the customer's catalog. */
    WRITE_BACK,
    /** Lakeport's own checks: doctor, proofs, history. */
    DIAGNOSTICS;

    /** Returns the name as it stands in query tags, for example {@code write_back}. */
    public String tag() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
