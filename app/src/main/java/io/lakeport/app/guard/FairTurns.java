package io.lakeport.app.guard;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Turns of one workspace and API family, so many a second, given to tenants in rotation: whoever asks for a thousand
 * turns delays each of the others by one. Turns that nobody takes are saved, a second's worth at most. It waits nowhere
 * itself: a caller looks again when its turn should have come. Thread-safe.
 *
 * <p>Start-time fair queueing (Goyal, Vin and Cheng, 1996): each turn is marked with the round in which its tenant has
 * it, and the lowest mark is next. One turn at a time as they become free, and not all of a second at its beginning: a
 * tenant that asks again only when its last call came back would find them gone.
 */
final class FairTurns {
    private static final long SECOND = 1_000_000_000L;

    private final long interval;
    private final long mostSaved;
    private final TreeSet<Turn> waiting =
            new TreeSet<>(Comparator.<Turn>comparingLong(turn -> turn.round).thenComparingLong(turn -> turn.number));
    /** The round of each tenant's next turn; a tenant that is behind the rotation needs none. */
    private final Map<String, Long> nextRounds = new HashMap<>();

    private long round;
    private long numbers;
    private long saved;
    private long seen;

    FairTurns(int perSecond, long now) {
        this.interval = SECOND / perSecond;
        this.mostSaved = interval * perSecond;
        this.saved = mostSaved;
        this.seen = now;
    }

    /** One turn that is asked for. */
    static final class Turn {
        private final long round;
        private final long number;
        private boolean granted;

        private Turn(long round, long number) {
            this.round = round;
            this.number = number;
        }
    }

    /** Asks for a turn; it is granted at once where there is one. */
    synchronized Turn ask(String tenant, long now) {
        grant(now);
        long mine = Math.max(round, nextRounds.getOrDefault(tenant, round));
        nextRounds.put(tenant, mine + 1);
        Turn turn = new Turn(mine, ++numbers);
        waiting.add(turn);
        grant(now);
        return turn;
    }

    /** Returns in how many nanoseconds to look again, empty when the turn is granted. */
    synchronized OptionalLong look(Turn turn, long now) {
        grant(now);
        return turn.granted ? OptionalLong.empty() : OptionalLong.of(expected(turn));
    }

    /** In how long a turn comes if nobody with a lower mark comes before it. */
    private long expected(Turn turn) {
        long before = waiting.headSet(turn).size();
        return Math.max(1, (before + 1) * interval - saved);
    }

    /** Gives up a turn that is not granted. */
    synchronized void giveUp(Turn turn) {
        waiting.remove(turn);
    }

    private void grant(long now) {
        saved = Math.min(mostSaved, saved + Math.max(0, now - seen));
        seen = Math.max(seen, now);
        while (saved >= interval && !waiting.isEmpty()) {
            Turn next = waiting.pollFirst();
            next.granted = true;
            round = Math.max(round, next.round);
            saved -= interval;
        }
        if (waiting.isEmpty() && nextRounds.size() > 1) {
            // Nobody waits, so nobody is behind: the rotation begins anew.
            nextRounds.clear();
        }
    }
}
