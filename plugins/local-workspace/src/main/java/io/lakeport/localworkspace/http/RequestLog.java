package io.lakeport.localworkspace.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last requests, oldest first. Bounded and thread-safe. */
public final class RequestLog {
    private final int capacity;
    private final Deque<LoggedRequest> requests = new ArrayDeque<>();

    /** Creates a log that keeps at most so many requests. */
    public RequestLog(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(LoggedRequest request) {
        if (requests.size() == capacity) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    /** Returns the requests kept so far, oldest first. */
    public synchronized List<LoggedRequest> all() {
        return List.copyOf(requests);
    }

    /** Forgets all requests. */
    public synchronized void clear() {
        requests.clear();
    }
}
