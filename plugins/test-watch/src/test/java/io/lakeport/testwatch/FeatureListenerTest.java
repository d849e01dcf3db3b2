package io.lakeport.testwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class FeatureListenerTest {
    @TempDir
    Path directory;

    @Test
    void run_taggedTests_writesTagTestAndOutcome() throws Exception {
        run(Tagged.class);
        String name = Tagged.class.getName();
        assertThat(Files.readAllLines(directory.resolve(name + ".tsv")))
                .containsExactly(
                        "AK-01\t" + name + "#passes\tpassed",
                        "AK-02\t" + name + "#fails\tfailed",
                        "AK-02\t" + name + "#passes\tpassed",
                        "AK-03\t" + name + "#isAborted\tskipped",
                        "AK-04\t" + name + "#isDisabled\tskipped",
                        "AK-05\t" + name + "#isInherited\tpassed");
    }

    @Test
    void run_sameClassAgain_replacesItsFileOnly() throws Exception {
        Path other = Files.writeString(directory.resolve("other.tsv"), "AK-01\tother#test\tpassed\n");
        run(Tagged.class);
        run(Tagged.class);
        assertThat(Files.readAllLines(directory.resolve(Tagged.class.getName() + ".tsv")))
                .hasSize(6);
        assertThat(other).exists();
    }

    @Test
    void run_testThatFailedPassesWhenRunAgain_isWrittenAsPassed() throws Exception {
        Launcher launcher = launcher(Optional.of(directory));
        Flaky.broken = true;
        launcher.execute(request(Flaky.class));
        Flaky.broken = false;
        launcher.execute(request(Flaky.class));
        assertThat(Files.readAllLines(directory.resolve(Flaky.class.getName() + ".tsv")))
                .containsExactly("AK-06\t" + Flaky.class.getName() + "#passesAtLast\tpassed");
    }

    @Test
    void run_noDirectoryNamed_writesNothing() {
        launcher(Optional.empty()).execute(request(Tagged.class));
        assertThat(directory).isEmptyDirectory();
    }

    private void run(Class<?> testClass) {
        launcher(Optional.of(directory)).execute(request(testClass));
    }

    private static Launcher launcher(Optional<Path> to) {
        return LauncherFactory.create(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(new FeatureListener(to))
                .build());
    }

    private static LauncherDiscoveryRequest request(Class<?> testClass) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(testClass))
                .build();
    }

    interface Contract {
        @Test
        @Tag("AK-05")
        default void isInherited() {}
    }

    static class Flaky {
        private static boolean broken;

        @Test
        @Tag("AK-06")
        void passesAtLast() {
            assertThat(broken).isFalse();
        }
    }

    static class Tagged implements Contract {
        @Test
        @Tag("AK-01")
        @Tag("AK-02")
        void passes() {}

        @Test
        @Tag("AK-02")
        void fails() {
            throw new AssertionError("meant to fail");
        }

        @Test
        @Tag("AK-03")
        void isAborted() {
            Assumptions.abort("not here");
        }

        @Test
        @Tag("AK-04")
        @Disabled("not now")
        void isDisabled() {}
    }
}
