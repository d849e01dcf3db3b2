package io.lakeport.app.export;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Moments of an export, told by its progress, at which something is done to the world around it. Thread-safe. */
final class Moments {
    private record Deed(String name, Runnable deed) {}

    private final AtomicInteger events = new AtomicInteger();
    private final Map<Integer, Deed> planned = new ConcurrentHashMap<>();
    private final Map<String, Integer> happened = new ConcurrentSkipListMap<>();

    /** Plans a deed for the event of that number, from 0. */
    void at(int event, String name, Runnable deed) {
        planned.put(event, new Deed(name, deed));
    }

    /** Counts an event, and does what is planned for it. */
    void progressed() {
        Deed deed = planned.remove(events.getAndIncrement());
        if (deed != null) {
            deed.deed().run();
            happened.merge(deed.name(), 1, Integer::sum);
        }
    }

    void clear() {
        planned.clear();
        events.set(0);
    }

    Map<String, Integer> happened() {
        return Map.copyOf(happened);
    }
}
