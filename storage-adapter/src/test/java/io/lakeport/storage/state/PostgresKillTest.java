package io.lakeport.storage.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.Batch;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresKillTest {
    @TempDir
    static Path data;

    private static LocalPostgres server;

    private final Random random = new Random();

    @BeforeAll
    static void start() throws IOException {
        server = LocalPostgres.start(data);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void apply_killedAtRandomInstants_losesNothingAcknowledgedAndShowsNoHalf() throws Exception {
        assertThat(new KillRounds("postgresql", server.port() + "/host").run()).isPositive();
    }

    @Test
    void apply_whileTheServerIsKilled_losesNothingAcknowledgedAndSaysWhatHappened() throws Exception {
        assertThat(rounds("server", () -> {
                    server.kill();
                    server.startAgain();
                }))
                .isPositive();
    }

    @Test
    void apply_whileASessionIsKilled_losesNothingAcknowledgedAndSaysWhatHappened() throws Exception {
        assertThat(rounds("session", this::killASession)).isPositive();
    }

    /** PostgreSQL takes the death of one session for a sign of damaged memory, and begins anew with all of them. */
    private void killASession() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pid FROM pg_stat_activity"
                        + " WHERE application_name LIKE 'lakeport %' ORDER BY state_change DESC LIMIT 1")) {
            if (rows.next()) {
                ProcessHandle.of(rows.getLong(1)).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        connect().close();
    }

    /** Connects as soon as the server lets anybody in. */
    private static Connection connect() throws InterruptedException {
        String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
        while (true) {
            try {
                return DriverManager.getConnection(url, "postgres", "any");
            } catch (SQLException e) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private interface Kill {
        void run() throws Exception;
    }

    /** Returns how many batches were acknowledged; one writer goes on through all of it. */
    private long rounds(String schema, Kill kill) throws Exception {
        try (StateStore store = Stores.postgres(server.port(), Map.of("schema", schema), "any")) {
            StateSpace space = store.of(KilledWriter.TENANT);
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Long> writing = CompletableFuture.supplyAsync(() -> write(space, enough));
            try {
                for (int round = 0; round < Math.max(1, KillRounds.ROUNDS / 2) && !writing.isDone(); round++) {
                    LockSupport.parkNanos(200_000_000 + random.nextInt(300_000_000));
                    kill.run();
                }
                LockSupport.parkNanos(200_000_000);
            } finally {
                enough.set(true);
            }
            long newest = writing.get();
            assertThat(KillRounds.check(space, newest)).isEqualTo(newest);
            KillRounds.summarize("postgresql, a " + schema + " killed (kill -9) under one writer: "
                    + Math.max(1, KillRounds.ROUNDS / 2) + " rounds, " + newest + " batches acknowledged, 0 lost");
            return newest;
        }
    }

    /** What is said to have happened did, and what is said not to have happened did not. */
    private static long write(StateSpace space, AtomicBoolean enough) {
        long n = 0;
        while (!enough.get()) {
            Batch batch = KilledWriter.batch(n + 1);
            try {
                space.apply(batch);
                n++;
            } catch (LakeportException e) {
                if (e.category() == ErrorCategory.OUTCOME_UNKNOWN) {
                    n += again(space, batch);
                    continue;
                }
                assertThat(e.category()).as(e.toString()).isEqualTo(ErrorCategory.UNAVAILABLE);
            }
            readUntilThere(space, n);
        }
        return n;
    }

    private static long again(StateSpace space, Batch batch) {
        while (true) {
            try {
                space.apply(batch);
                return 1;
            } catch (LakeportException e) {
                assertThat(e.category()).isIn(ErrorCategory.UNAVAILABLE, ErrorCategory.OUTCOME_UNKNOWN);
            }
        }
    }

    private static void readUntilThere(StateSpace space, long n) {
        while (true) {
            try {
                KillRounds.check(space, n);
                assertThat(KilledWriter.newest(space)).isEqualTo(n);
                return;
            } catch (LakeportException e) {
                assertThat(e.category()).as(e.toString()).isEqualTo(ErrorCategory.UNAVAILABLE);
            }
        }
    }
}
