package io.lakeport.app.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairTurnsTest {
    private static final long SECOND = 1_000_000_000L;

    private static boolean isGranted(FairTurns turns, FairTurns.Turn turn, long now) {
        return turns.look(turn, now).isEmpty();
    }

    @Test
    void turns_oneTenantAsksForAHundred_theOthersWaitForOneOfThemOnly() {
        FairTurns turns = new FairTurns(10, 0);
        List<FairTurns.Turn> flood = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            flood.add(turns.ask("flood", 1));
        }
        List<FairTurns.Turn> others = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            others.add(turns.ask("quiet" + i, 2));
        }
        assertThat(flood.stream().filter(turn -> isGranted(turns, turn, 3))).hasSize(10);
        assertThat(others).noneMatch(turn -> isGranted(turns, turn, 3));

        assertThat(others)
                .as("all of them within the next second")
                .allMatch(turn -> isGranted(turns, turn, SECOND + 1));
        assertThat(flood.stream().filter(turn -> isGranted(turns, turn, SECOND + 1)))
                .as("and one of the flood")
                .hasSize(11);
        assertThat(flood.stream().filter(turn -> isGranted(turns, turn, 2 * SECOND + 1)))
                .as("what nobody else wants is the flood's, and no second has more turns than the limit")
                .hasSize(21);
    }

    /** Each asks again when its last turn came, as a caller does who waits for an answer. */
    @Test
    void turns_tenantThatAsksOneAtATime_hasItsShareAllTheSame() {
        FairTurns turns = new FairTurns(10, 0);
        for (int i = 0; i < 500; i++) {
            turns.ask("flood", 1);
        }
        int had = 0;
        FairTurns.Turn quiet = turns.ask("quiet", 1);
        for (long now = 1; now <= 10 * SECOND; now += SECOND / 100) {
            if (isGranted(turns, quiet, now)) {
                had++;
                quiet = turns.ask("quiet", now);
            }
        }
        assertThat(had).as("half of the hundred turns of ten seconds").isBetween(45, 55);
    }

    @Test
    void look_ofAQuietTenant_doesNotGrowWithTheFlood() {
        FairTurns turns = new FairTurns(10, 0);
        for (int i = 0; i < 500; i++) {
            turns.ask("flood", 1);
        }
        FairTurns.Turn quiet = turns.ask("quiet", 2);
        FairTurns.Turn last = turns.ask("flood", 2);

        assertThat(turns.look(quiet, 2).orElseThrow()).isLessThanOrEqualTo(SECOND / 4);
        assertThat(turns.look(last, 2).orElseThrow()).isGreaterThan(40 * SECOND);
    }

    @Test
    void giveUp_turnThatWaits_isNobodysAnyMore() {
        FairTurns turns = new FairTurns(1, 0);
        turns.ask("a", 1);
        FairTurns.Turn abandoned = turns.ask("b", 1);
        FairTurns.Turn next = turns.ask("c", 1);

        turns.giveUp(abandoned);

        assertThat(isGranted(turns, next, SECOND + 1)).isTrue();
        assertThat(isGranted(turns, abandoned, SECOND + 1)).isFalse();
    }
}
