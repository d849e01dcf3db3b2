package io.lakeport.localworkspace.statement;

import java.util.List;

/** The statements that ran in this workspace. Thread-safe. */
public interface StatementHistory {
    /** Returns the statements kept, newest first. */
    List<QueryRecord> newestFirst();
}
