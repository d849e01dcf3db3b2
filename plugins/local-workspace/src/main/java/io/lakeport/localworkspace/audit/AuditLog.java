package io.lakeport.localworkspace.audit;

import io.lakeport.localworkspace.system.Row;
import io.lakeport.localworkspace.system.SystemTable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last events, also as {@code system.access.audit}. Bounded and thread-safe. */
public final class AuditLog implements SystemTable {
    private static final int CAPACITY = 20_000;

    private final Deque<AuditEvent> events = new ArrayDeque<>();

    /** Adds an event. */
    public synchronized void add(AuditEvent event) {
        if (events.size() == CAPACITY) {
            events.removeFirst();
        }
        events.addLast(event);
    }

    /** Returns the events kept, oldest first. */
    public synchronized List<AuditEvent> all() {
        return List.copyOf(events);
    }

    @Override
    public String name() {
        return "system.access.audit";
    }

    @Override
    public List<Row> recent() {
        return all().stream().map(AuditEvent::row).toList();
    }
}
