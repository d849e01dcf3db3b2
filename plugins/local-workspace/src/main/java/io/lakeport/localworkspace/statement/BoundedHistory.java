package io.lakeport.localworkspace.statement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the last statements in memory. Thread-safe. */
final class BoundedHistory implements StatementHistory {
    private final Map<String, QueryRecord> byId;

    BoundedHistory(int capacity) {
        byId = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, QueryRecord> eldest) {
                return size() > capacity;
            }
        };
    }

    /** Adds a statement or replaces what was known of it. */
    synchronized void put(QueryRecord record) {
        byId.put(record.statementId(), record);
    }

    @Override
    public synchronized List<QueryRecord> newestFirst() {
        List<QueryRecord> records = new ArrayList<>(byId.values());
        Collections.reverse(records);
        return records;
    }
}
