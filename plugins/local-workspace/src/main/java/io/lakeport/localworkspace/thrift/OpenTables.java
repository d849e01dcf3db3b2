package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.auth.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Answers of metadata calls that clients fetch later. The oldest is dropped when too many wait. Thread-safe. */
final class OpenTables {
    private static final int LIMIT = 1000;
    private static final int FETCH_FIRST = 4;

    private final Map<String, Open> byId = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Open> eldest) {
            return size() > LIMIT;
        }
    };

    private static final class Open {
        private final MetadataTable table;
        private final Principal owner;
        private int next;

        Open(MetadataTable table, Principal owner) {
            this.table = table;
            this.owner = owner;
        }
    }

    synchronized void add(String id, MetadataTable table, Principal owner) {
        byId.put(id, new Open(table, owner));
    }

    /** Returns a table of this principal. */
    synchronized Optional<MetadataTable> find(String id, Principal owner) {
        return Optional.ofNullable(byId.get(id))
                .filter(open -> open.owner.equals(owner))
                .map(open -> open.table);
    }

    /** Fetches the next rows of a table that is open; a TFetchResultsResp. */
    synchronized Optional<TStruct> fetch(String id, TStruct request) {
        Open open = byId.get(id);
        if (open == null) {
            return Optional.empty();
        }
        int from = request.integer(2, 0) == FETCH_FIRST ? 0 : open.next;
        int rows = open.table.rows().size();
        int to = (int) Math.min(rows, from + Math.min(Page.of(request, from).maxRows(), rows));
        open.next = to;
        return Optional.of(open.table.fetch(from, to));
    }

    synchronized void remove(String id) {
        byId.remove(id);
    }
}
