package io.lakeport.app.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.app.Lakeport;
import io.lakeport.app.rotation.RotationWorld.Customer;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.rotation.RotationReport.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty threads ask without end while the secret that they sign in with is rotated, and tokens live for seconds. */
@Tag("workspace-inside")
class RotationUnderLoadTest {
    private static final int THREADS = 50;
    private static final int ROTATIONS = 3;
    private static final Path REPORT = Path.of("target", "rotation.txt");

    @TempDir
    Path folder;

    private final AtomicInteger queries = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean enough = new AtomicBoolean();

    @Test
    @Tag("AK-17")
    @Tag("AK-23")
    void rotate_underFiftyConcurrentQueries_failsNone() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        List<String> steps = new ArrayList<>();
        try (RotationWorld world = new RotationWorld(Duration.ofSeconds(4));
                SignInCount signIns = new SignInCount()) {
            Customer customer = world.customer(folder);
            steps.add("before: " + customer.ids());
            try (Lakeport lakeport = customer.open()) {
                List<Future<?>> asking = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    asking.add(pool.submit(() -> ask(lakeport)));
                }
                awaitSignIns(signIns, 1);
                for (int round = 1; round <= ROTATIONS; round++) {
                    assertThat(customer.rotate(lakeport).result()).isEqualTo(Result.DONE);
                    steps.add("after rotation " + round + ": " + customer.ids());
                    awaitSignIns(signIns, round + 1);
                }
                enough.set(true);
                for (Future<?> one : asking) {
                    one.get();
                }
            }
            report(steps, signIns);
            assertThat(failures).isEmpty();
            assertThat(queries.get()).isGreaterThan(THREADS);
            assertThat(signIns.byVersion().keySet()).contains(1L, 2L, 3L, 4L);
            assertThat(customer.ids()).hasSize(1);
        } finally {
            enough.set(true);
            pool.shutdownNow();
        }
    }

    private void ask(Lakeport lakeport) {
        while (!enough.get()) {
            try (RowCursor rows = lakeport.tenant("acme").query("SELECT 41 + 1").rows()) {
                assertThat(rows.next()).isTrue();
                queries.incrementAndGet();
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
        }
    }

    /** Waits until tokens have been fetched with that version of the secret. */
    private void awaitSignIns(SignInCount signIns, long version) throws InterruptedException {
        long end = System.nanoTime() + RotationWorld.TIMEOUT.toNanos();
        while (!signIns.byVersion().containsKey(version) && System.nanoTime() < end) {
            Thread.sleep(50);
        }
    }

    private void report(List<String> steps, SignInCount signIns) throws IOException {
        StringBuilder text = new StringBuilder("Rotation of an OAuth secret under " + THREADS
                + " threads that query without end; access tokens live for 4 s\n");
        text.append("queries answered: ")
                .append(queries)
                .append("\nqueries failed:   ")
                .append(failures.size());
        text.append("\nrotations:        ").append(ROTATIONS).append("\nsecrets at Databricks\n");
        steps.forEach(step -> text.append("  ").append(step).append('\n'));
        text.append("sign-ins by version of the sealed secret\n");
        signIns.byVersion()
                .forEach((version, count) -> text.append("  #")
                        .append(version)
                        .append(": ")
                        .append(count)
                        .append('\n'));
        failures.forEach(failure -> text.append("failure: ").append(failure).append('\n'));
        Files.createDirectories(REPORT.toAbsolutePath().getParent());
        Files.writeString(REPORT, text);
    }

    /** Counts sign-ins by the version of the secret, which Lakeport logs at DEBUG. */
    private static final class SignInCount extends Handler implements AutoCloseable {
        private static final Pattern VERSION = Pattern.compile("signed in with .*client-secret#([0-9]+)");

        private final Logger logger = Logger.getLogger("io.lakeport.core.auth.sealed");
        private final Map<Long, Integer> counts = new TreeMap<>();

        SignInCount() {
            logger.setLevel(Level.ALL);
            setLevel(Level.ALL);
            logger.addHandler(this);
        }

        synchronized Map<Long, Integer> byVersion() {
            return new TreeMap<>(counts);
        }

        @Override
        public synchronized void publish(LogRecord line) {
            Matcher matcher = VERSION.matcher(line.getMessage());
            if (matcher.find()) {
                counts.merge(Long.parseLong(matcher.group(1)), 1, Integer::sum);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
            logger.setLevel(null);
        }
    }
}
