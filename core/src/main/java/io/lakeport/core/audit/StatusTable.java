package io.lakeport.core.audit;

import io.lakeport.core.error.CoreError;
import java.util.Set;

/** Which states of the query history fit which outcomes of the ledger. */
final class StatusTable {
    private static final String FINISHED = "FINISHED";
    private static final String FAILED = "FAILED";
    private static final String CANCELED = "CANCELED";
    private static final Set<String> TERMINAL = Set.of(FINISHED, FAILED, CANCELED);

    private static final Set<String> FAILED_THERE =
            Set.of(CoreError.SQL_SYNTAX.name(), CoreError.STATEMENT_FAILED.name());

    private StatusTable() {}

    static boolean isTerminal(String status) {
        return TERMINAL.contains(status);
    }

    static Set<String> expected(LedgerEntry entry) {
        return switch (entry.outcome()) {
            case SUCCEEDED -> Set.of(FINISHED);
            case ABANDONED -> Set.of(FINISHED, CANCELED);
            // A statement may fail here and have finished there: its download was cut, or its result was refused.
            case FAILED -> entry.error().filter(FAILED_THERE::contains).isPresent() ? Set.of(FAILED) : TERMINAL;
            // It may have ended in another way in the instant in which it was cancelled.
            case CANCELLED, UNKNOWN -> TERMINAL;
        };
    }
}
