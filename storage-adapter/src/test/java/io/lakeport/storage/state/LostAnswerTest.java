package io.lakeport.storage.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.Batch;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateError;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import io.lakeport.testkit.network.TcpRoad;
import io.lakeport.testkit.network.TcpRoad.Accident;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The road to PostgreSQL breaks at the commit: what is said of it is what happened. */
class LostAnswerTest {
    @TempDir
    static Path data;

    private static LocalPostgres server;
    private static int schemas;

    private TcpRoad road;
    private StateStore direct;
    private StateStore remote;
    private StateSpace space;

    @BeforeAll
    static void start() throws IOException {
        server = LocalPostgres.start(data);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void open() throws IOException {
        schemas++;
        Map<String, String> more = Map.of("schema", "s" + schemas, "timeout_seconds", "3");
        road = new TcpRoad(server.port());
        direct = Stores.postgres(server.port(), more, "any");
        remote = Stores.postgres(road.port(), more, "any");
        space = remote.of(KilledWriter.TENANT);
    }

    @AfterEach
    void close() throws IOException {
        road.repair();
        remote.close();
        direct.close();
        road.close();
    }

    private long there() {
        assertThat(road.isPlanned()).as("the accident is still to come").isFalse();
        return KilledWriter.newest(direct.of(KilledWriter.TENANT));
    }

    @Test
    void apply_committedWithTheAnswerLost_returnsAsIfNothingHadBeen() {
        road.next("COMMIT", Accident.LOSE_THE_ANSWER);
        space.apply(KilledWriter.batch(1));
        assertThat(there()).isEqualTo(1);
    }

    @Test
    void apply_cutOffBeforeTheCommit_saysThatNothingHappenedAndCanBeRepeated() {
        road.next("COMMIT", Accident.CUT_BEFORE);
        Batch batch = KilledWriter.batch(1);
        assertThatThrownBy(() -> space.apply(batch)).satisfies(LostAnswerTest::isUnavailable);
        assertThat(there()).isZero();
        space.apply(batch);
        assertThat(there()).isEqualTo(1);
    }

    @Test
    void apply_whoseCommitArrivesLate_waitsForItAndReturns() {
        road.next("COMMIT", Accident.DELIVER_LATE);
        space.apply(KilledWriter.batch(1));
        assertThat(there()).isEqualTo(1);
    }

    @Test
    void apply_whoseSessionStaysBehindOpen_endsItAndSaysThatNothingHappened() {
        road.next("COMMIT", Accident.LEAVE_THE_SERVER_WAITING);
        assertThatThrownBy(() -> space.apply(KilledWriter.batch(1))).satisfies(LostAnswerTest::isUnavailable);
        assertThat(there()).isZero();
        // The locks of the session that stayed behind are gone with it.
        direct.of(KilledWriter.TENANT).apply(KilledWriter.batch(1));
        assertThat(there()).isEqualTo(1);
    }

    @Test
    void apply_committedAndThenOutOfReach_isUnknownUntilTheSameBatchIsAppliedAgain() {
        road.next("COMMIT", Accident.LOSE_THE_ANSWER_AND_CLOSE);
        Batch batch = KilledWriter.batch(1);
        assertThatThrownBy(() -> space.apply(batch))
                .isInstanceOfSatisfying(LakeportException.class, e -> {
                    assertThat(e.is(StateError.STATE_OUTCOME_UNKNOWN))
                            .as(e.toString())
                            .isTrue();
                    assertThat(e.category()).isEqualTo(ErrorCategory.OUTCOME_UNKNOWN);
                })
                .hasMessageContaining("same batch");
        long revision = direct.of(KilledWriter.TENANT)
                .get(KilledWriter.key("a"))
                .orElseThrow()
                .revision();
        road.repair();
        assertThat(space.apply(batch)).isEqualTo(revision);
        assertThat(space.get(KilledWriter.key("a")).orElseThrow().revision()).isEqualTo(revision);
    }

    @Test
    void acquire_committedWithTheAnswerLost_returnsTheLeaseThatIsHeld() {
        road.next("COMMIT", Accident.LOSE_THE_ANSWER);
        Optional<Lease> lease = space.acquire("run", "me", Duration.ofMinutes(1));
        assertThat(lease).isPresent().isEqualTo(direct.of(KilledWriter.TENANT).holder("run"));
    }

    @Test
    void everyCall_withTheRoadCut_isUnavailableAndWorksAfterwards() {
        space.apply(KilledWriter.batch(1));
        road.cut();
        assertThatThrownBy(() -> space.get(KilledWriter.key("a"))).satisfies(LostAnswerTest::isUnavailable);
        assertThatThrownBy(() -> space.apply(KilledWriter.batch(2)))
                .satisfies(LostAnswerTest::isUnavailable)
                .hasMessageContaining("postgresql://127.0.0.1:" + road.port());
        road.repair();
        assertThat(KilledWriter.newest(space)).isEqualTo(1);
        space.apply(KilledWriter.batch(2));
        assertThat(KilledWriter.newest(space)).isEqualTo(2);
    }

    private static void isUnavailable(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.category()).as(e.toString()).isEqualTo(ErrorCategory.UNAVAILABLE));
    }
}
