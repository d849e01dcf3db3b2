package io.lakeport.testwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

class AfterEveryTestTest {
    private static final Logger LOG = Logger.getLogger("io.lakeport.sample");
    private static CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void endFixtureThreads() {
        release.countDown();
    }

    @Test
    void threads_leftRunning_failTheClass() {
        release = new CountDownLatch(1);
        assertThat(failures(LeavesAThread.class))
                .singleElement()
                .asString()
                .contains("LeavesAThread left 1 thread(s)", "'lakeport-forgotten' (daemon)", "close what started them");
    }

    @Test
    void threads_leftRunningWithAReason_pass() {
        release = new CountDownLatch(1);
        assertThat(failures(LeavesAThreadKnowingly.class)).isEmpty();
    }

    @Test
    void warning_notAnnounced_failsTheTest() {
        assertThat(failures(Warns.class))
                .singleElement()
                .asString()
                .contains("did not announce", "io.lakeport.sample", "disk nearly full");
    }

    @Test
    void warning_announced_passes() {
        assertThat(failures(WarnsAsAnnounced.class)).isEmpty();
    }

    @Test
    void warning_announcedAndMissing_failsTheTest() {
        assertThat(failures(AnnouncesOnly.class))
                .singleElement()
                .asString()
                .contains("no warning matched 'disk .*full'");
    }

    @Test
    void plantedSecret_inACauseAtTheFinestLevel_failsTheTestWithoutShowingIt() {
        List<String> failures = failures(LogsASecret.class);
        assertThat(failures).singleElement().asString().contains("a planted secret is in the log", "[planted secret]");
        assertThat(failures.get(0)).doesNotContain(LogsASecret.secret);
    }

    private static List<String> failures(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                .execute()
                .allEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow().getMessage())
                .toList();
    }

    private static void startThread() {
        CountDownLatch end = release;
        Thread thread = new Thread(
                () -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "lakeport-forgotten");
        thread.setDaemon(true);
        thread.start();
    }

    @ExtendWith(AfterEveryTest.class)
    static class LeavesAThread {
        @Test
        void leaves() {
            startThread();
        }
    }

    @ExtendWith(AfterEveryTest.class)
    @LeavesThreads(value = "lakeport-.*", because = "the fixture says so")
    static class LeavesAThreadKnowingly {
        @Test
        void leaves() {
            startThread();
        }
    }

    @ExtendWith(AfterEveryTest.class)
    static class Warns {
        @Test
        void warns() {
            LOG.warning("disk nearly full");
            Logger.getLogger("org.example").warning("not ours to judge");
        }
    }

    @ExtendWith(AfterEveryTest.class)
    static class WarnsAsAnnounced {
        @Test
        @ExpectWarnings("disk .*full")
        void warns() {
            LOG.warning("disk nearly full");
        }
    }

    @ExtendWith(AfterEveryTest.class)
    static class AnnouncesOnly {
        @Test
        @ExpectWarnings("disk .*full")
        void isQuiet() {}
    }

    @ExtendWith(AfterEveryTest.class)
    static class LogsASecret {
        static String secret = "";

        @Test
        void logs() {
            secret = Canary.plant("dapi");
            LOG.log(Level.FINEST, "sign-in failed", new IllegalStateException(new IllegalStateException(secret)));
        }
    }
}
