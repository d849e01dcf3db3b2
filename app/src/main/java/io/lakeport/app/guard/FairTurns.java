package io.lakeport.app.guard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Turns of one workspace and API family, so many in each second, given to tenants in rotation: whoever asks for a
 * thousand turns delays each of the others by one. It waits nowhere itself: a caller looks again when the next second
 * begins. Thread-safe.
 */
final class FairTurns {
    private static final long PERIOD = 1_000_000_000L;

    private final int limit;
    /** Who waits, by tenant; the tenant whose turn is next comes first. */
    private final Map<String, Deque<Turn>> waiting = new LinkedHashMap<>();

    private long periodBegan;
    private int left;

    FairTurns(int perSecond, long now) {
        this.limit = perSecond;
        this.left = perSecond;
        this.periodBegan = now;
    }

    /** One turn that is asked for. */
    static final class Turn {
        private final String tenant;
        private boolean granted;

        private Turn(String tenant) {
            this.tenant = tenant;
        }
    }

    /** Asks for a turn; it is granted at once where there is one. */
    synchronized Turn ask(String tenant, long now) {
        Turn turn = new Turn(tenant);
        waiting.computeIfAbsent(tenant, key -> new ArrayDeque<>()).add(turn);
        grant(now);
        return turn;
    }

    /** Returns in how many nanoseconds to look again, empty when the turn is granted. */
    synchronized OptionalLong look(Turn turn, long now) {
        grant(now);
        return turn.granted ? OptionalLong.empty() : OptionalLong.of(periodBegan + PERIOD - now);
    }

    /** Returns in how many nanoseconds a turn comes if nobody gives up, counting who comes before it in the rotation. */
    synchronized long expected(Turn turn, long now) {
        if (turn.granted) {
            return 0;
        }
        Deque<Turn> own = waiting.getOrDefault(turn.tenant, new ArrayDeque<>());
        int round = 0;
        for (Turn earlier : own) {
            if (earlier.equals(turn)) {
                break;
            }
            round++;
        }
        long before = round;
        for (Map.Entry<String, Deque<Turn>> other : waiting.entrySet()) {
            before += other.getKey().equals(turn.tenant) ? 0 : Math.min(other.getValue().size(), round + 1);
        }
        return periodBegan + PERIOD * (1 + before / limit) - now;
    }

    /** Gives up a turn that is not granted. */
    synchronized void giveUp(Turn turn) {
        Deque<Turn> own = waiting.get(turn.tenant);
        if (own != null && own.remove(turn) && own.isEmpty()) {
            waiting.remove(turn.tenant);
        }
    }

    private void grant(long now) {
        if (now - periodBegan >= PERIOD) {
            periodBegan += (now - periodBegan) / PERIOD * PERIOD;
            left = limit;
        }
        while (left > 0 && !waiting.isEmpty()) {
            Iterator<Map.Entry<String, Deque<Turn>>> first = waiting.entrySet().iterator();
            Map.Entry<String, Deque<Turn>> next = first.next();
            first.remove();
            next.getValue().removeFirst().granted = true;
            left--;
            if (!next.getValue().isEmpty()) {
                // To the end: the others come before this tenant's next turn.
                waiting.put(next.getKey(), next.getValue());
            }
        }
    }
}
