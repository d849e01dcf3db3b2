package io.lakeport.localworkspace.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One all-purpose cluster. What is due by the clock takes effect when somebody looks, with the time at which it was due.
 * Thread-safe.
 */
final class Cluster {
    private static final int MOST_EVENTS = 1000;

    private final String id;
    private final String owner;
    private final Duration startup;
    private final Clock clock;
    private final Instant createdAt;
    private final List<Event> events = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    private ClusterSpec spec;
    private ClusterState state;
    private Instant since;
    private Instant usedAt;
    private Instant startedAt;
    private @Nullable Instant terminatedAt;
    private String reason = "";

    /** Something that happened to it. */
    record Event(Instant at, String type, ObjectNode details) {}

    /** A time in which so many nodes ran; without an end while they do. */
    record Span(Instant from, @Nullable Instant to, int nodes, ClusterSpec spec) {}

    Cluster(String id, String owner, ClusterSpec spec, Instant createdAt, Duration startup, Clock clock) {
        this.id = id;
        this.owner = owner;
        this.spec = spec;
        this.createdAt = createdAt;
        this.startup = startup;
        this.clock = clock;
        this.state = ClusterState.TERMINATED;
        this.since = createdAt;
        this.usedAt = createdAt;
        this.startedAt = createdAt;
    }

    String id() {
        return id;
    }

    String owner() {
        return owner;
    }

    Instant createdAt() {
        return createdAt;
    }

    synchronized ClusterSpec spec() {
        return spec;
    }

    synchronized ClusterState state() {
        advance();
        return state;
    }

    synchronized Instant startedAt() {
        return startedAt;
    }

    synchronized @Nullable Instant terminatedAt() {
        advance();
        return terminatedAt;
    }

    /** Returns why it ended: USER_REQUEST or INACTIVITY, empty while it never has. */
    synchronized String reason() {
        return reason;
    }

    synchronized List<Event> events() {
        advance();
        return List.copyOf(events);
    }

    synchronized List<Span> spans() {
        advance();
        return List.copyOf(spans);
    }

    /** Begins to start it; returns false unless it is terminated. */
    synchronized boolean start(String eventType) {
        advance();
        if (state != ClusterState.TERMINATED) {
            return false;
        }
        terminatedAt = null;
        startedAt = clock.instant();
        enter(ClusterState.PENDING, startedAt, eventType, Json.object().put("user", owner));
        return true;
    }

    /** Begins to end it, if it runs or starts. */
    synchronized void terminate() {
        advance();
        if (state != ClusterState.TERMINATED && state != ClusterState.TERMINATING) {
            end("USER_REQUEST", clock.instant());
        }
    }

    /** Restarts it; returns false unless it runs. */
    synchronized boolean restart() {
        advance();
        if (state != ClusterState.RUNNING) {
            return false;
        }
        Instant now = clock.instant();
        closeSpan(now);
        startedAt = now;
        enter(ClusterState.RESTARTING, now, "RESTARTING", Json.object().put("user", owner));
        return true;
    }

    /** Changes its settings; a running one restarts with them. */
    synchronized void edit(ClusterSpec changed) {
        advance();
        spec = changed;
        add(clock.instant(), "EDITED", Json.object().put("user", owner));
        restart();
    }

    /** Gives it another number of workers; returns false unless it runs. */
    synchronized boolean resize(ClusterSpec changed) {
        advance();
        if (state != ClusterState.RUNNING) {
            return false;
        }
        Instant now = clock.instant();
        closeSpan(now);
        ObjectNode details = Json.object()
                .put("current_num_workers", spec.workers())
                .put("target_num_workers", changed.workers())
                .put("cause", "USER_REQUEST");
        spec = changed;
        openSpan(now);
        enter(ClusterState.RESIZING, now, "RESIZING", details);
        return true;
    }

    /** Notes that somebody uses it, which keeps it from ending. */
    synchronized void use() {
        advance();
        usedAt = clock.instant();
    }

    private void advance() {
        Instant now = clock.instant();
        boolean changed = true;
        while (changed) {
            changed = switch (state) {
                case PENDING, RESTARTING -> runWhenDue(now);
                case RESIZING -> resizedWhenDue(now);
                case RUNNING -> endWhenIdle(now);
                case TERMINATING -> terminatedWhenDue(now);
                default -> false;
            };
        }
    }

    private boolean runWhenDue(Instant now) {
        Instant due = since.plus(startup);
        if (due.isAfter(now)) {
            return false;
        }
        usedAt = due;
        openSpan(due);
        enter(ClusterState.RUNNING, due, "RUNNING", Json.object().put("current_num_workers", spec.workers()));
        return true;
    }

    private boolean resizedWhenDue(Instant now) {
        Instant due = since.plus(startup.dividedBy(2));
        if (due.isAfter(now)) {
            return false;
        }
        enter(ClusterState.RUNNING, due, "UPSIZE_COMPLETED", Json.object().put("current_num_workers", spec.workers()));
        return true;
    }

    private boolean endWhenIdle(Instant now) {
        int minutes = spec.autoTerminationMinutes();
        Instant due = usedAt.plus(Duration.ofMinutes(minutes));
        if (minutes == 0 || due.isAfter(now)) {
            return false;
        }
        end("INACTIVITY", due);
        return true;
    }

    private boolean terminatedWhenDue(Instant now) {
        Instant due = since.plus(startup.dividedBy(5));
        if (due.isAfter(now)) {
            return false;
        }
        state = ClusterState.TERMINATED;
        since = due;
        terminatedAt = due;
        return true;
    }

    private void end(String why, Instant at) {
        closeSpan(at);
        reason = why;
        ObjectNode details = Json.object();
        details.putObject("reason").put("code", why).put("type", "SUCCESS");
        enter(ClusterState.TERMINATING, at, "TERMINATING", details);
    }

    private void openSpan(Instant at) {
        spans.add(new Span(at, null, spec.workers() + 1, spec));
    }

    private void closeSpan(Instant at) {
        int last = spans.size() - 1;
        if (last >= 0 && spans.get(last).to() == null) {
            Span open = spans.get(last);
            spans.set(last, new Span(open.from(), at, open.nodes(), open.spec()));
        }
    }

    private void enter(ClusterState next, Instant at, String eventType, ObjectNode details) {
        state = next;
        since = at;
        add(at, eventType, details);
    }

    private void add(Instant at, String type, ObjectNode details) {
        if (events.size() >= MOST_EVENTS) {
            events.remove(0);
        }
        events.add(new Event(at, type, details));
    }
}
