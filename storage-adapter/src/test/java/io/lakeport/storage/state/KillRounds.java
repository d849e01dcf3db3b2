package io.lakeport.storage.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.state.Document;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * Rounds in which a writing process is killed at a random instant and the state is looked at. How many: the system
 * property {@code lakeport.kill.rounds}.
 */
final class KillRounds {
    static final int ROUNDS = Integer.getInteger("lakeport.kill.rounds", 4);

    private static final Path SUMMARY = Path.of("target", "kill-loop.txt");

    private final String kind;
    private final String place;
    private final Random random = new Random();
    private long newest;
    private long token;
    private long acknowledged;

    KillRounds(String kind, String place) {
        this.kind = kind;
        this.place = place;
    }

    /** Returns how many batches were acknowledged in all. */
    long run() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            writeUntilKilled();
            try (StateStore store = KilledWriter.open(kind, place)) {
                newest = check(store.of(KilledWriter.TENANT), newest);
                token = checkLease(store.of(KilledWriter.TENANT));
            }
        }
        summarize(kind + ", its client killed (kill -9): " + ROUNDS + " rounds, " + acknowledged
                + " batches acknowledged, 0 lost, 0 halves seen, " + (newest - acknowledged)
                + " applied whose acknowledgement died with the client; last lease token " + token);
        return acknowledged;
    }

    /** Adds a line to what this run of tests has to show. */
    static synchronized void summarize(String line) throws IOException {
        Files.createDirectories(SUMMARY.toAbsolutePath().getParent());
        Files.writeString(SUMMARY, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void writeUntilKilled() throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        kind,
                        place)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = writer.inputReader()) {
            take(lines.readLine());
            Thread killer = new Thread(() -> {
                LockSupport.parkNanos(random.nextInt(400_000_000));
                // By its handle: Process.destroyForcibly() would close the pipe with the last acknowledgements as well.
                writer.toHandle().destroyForcibly();
            });
            killer.start();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line);
            }
            killer.join();
        }
        assertThat(writer.waitFor()).as("exit code of a killed process").isEqualTo(137);
    }

    /** A last line that was cut is a smaller number, or none. */
    private void take(String line) throws IOException {
        if (line == null) {
            throw new IOException("the writer wrote nothing");
        }
        if (line.matches("batch [0-9]+")) {
            newest = Math.max(newest, Long.parseLong(line.substring(6)));
            acknowledged++;
        } else if (line.matches("lease [0-9]+")) {
            token = Math.max(token, Long.parseLong(line.substring(6)));
        }
    }

    /** Nothing that was acknowledged is missing, and no half of a batch is there; returns the newest batch. */
    static long check(StateSpace space, long acknowledged) {
        long there = KilledWriter.newest(space);
        assertThat(there).as("the newest batch").isBetween(acknowledged, acknowledged + 1);
        assertThat(space.get(KilledWriter.key("z")).orElseThrow().text()).isEqualTo("" + there);
        List<Document> entries = space.list("entry", "", Optional.empty(), 1000).documents();
        assertThat(entries)
                .extracting(Document::key)
                .isEqualTo(LongStream.rangeClosed(Math.max(1, there - KilledWriter.KEPT + 1), there)
                        .mapToObj(KilledWriter::entry)
                        .toList());
        assertThat(entries).allMatch(document -> document.content().length == 2000);
        return there;
    }

    private long checkLease(StateSpace space) {
        space.holder("run").ifPresent(held -> assertThat(held.token()).isGreaterThanOrEqualTo(token));
        Optional<Lease> mine = space.acquire("run", "the test", KilledWriter.TTL);
        while (mine.isEmpty()) {
            // Whoever was killed holds it for its time.
            LockSupport.parkNanos(20_000_000);
            mine = space.acquire("run", "the test", KilledWriter.TTL);
        }
        assertThat(mine.get().token()).as("the token after a kill").isGreaterThan(token);
        assertThat(space.release(mine.get())).isTrue();
        return mine.get().token();
    }
}
