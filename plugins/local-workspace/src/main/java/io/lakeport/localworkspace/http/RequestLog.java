package io.lakeport.localworkspace.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The last requests, oldest first. Bounded and thread-safe. */
public final class RequestLog {
    private final int capacity;
    private final Deque<Numbered> requests = new ArrayDeque<>();
    private long last;
    private Consumer<LoggedRequest> follower = request -> {};

    /**
     * A request and its number.
     *
     * @param number counts from 1, without gaps
     * @param request what was logged
     */
    public record Numbered(long number, LoggedRequest request) {}

    /** Creates a log that keeps at most so many requests. */
    public RequestLog(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(LoggedRequest request) {
        if (requests.size() == capacity) {
            requests.removeFirst();
        }
        requests.addLast(new Numbered(++last, request));
        follower.accept(request);
    }

    /** Tells each further request to a follower, in order and one at a time. */
    synchronized void follow(Consumer<LoggedRequest> other) {
        follower = other;
    }

    /** Returns the requests kept so far, oldest first. */
    public synchronized List<LoggedRequest> all() {
        return requests.stream().map(Numbered::request).toList();
    }

    /** Returns the requests kept so far whose number is above {@code number}, oldest first. */
    public synchronized List<Numbered> after(long number) {
        return requests.stream().filter(entry -> entry.number() > number).toList();
    }

    /** Forgets all requests; numbers go on. */
    public synchronized void clear() {
        requests.clear();
    }
}
