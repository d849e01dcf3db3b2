package io.lakeport.core.audit;

import io.lakeport.core.time.Deadline;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Port: what the workspace recorded of statements. Thread-safe. */
public interface AuditSource extends AutoCloseable {
    /** Returns where the entries come from, for reports, for example {@code query-history-api}. */
    String origin();

    /**
     * Returns the entries of the given statements.
     *
     * @param statementIds at most 1,000 ids; those the workspace does not know (yet) are missing from the answer
     * @param since no statement began earlier; narrows what the workspace must search
     */
    List<HistoryEntry> find(Set<String> statementIds, Instant since, Deadline deadline);

    @Override
    void close();
}
