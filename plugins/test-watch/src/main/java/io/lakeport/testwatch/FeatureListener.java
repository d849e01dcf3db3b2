package io.lakeport.testwatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes which tagged tests ran and how they ended: one file for each test class, one line for each tag of a test,
 * {@code tag TAB class#method TAB outcome}, the outcome being {@code passed}, {@code failed} or {@code skipped}.
 *
 * <p>Found by every launcher through its service file. It writes below the directory that the system property
 * {@value #OUT} names, and does nothing where the property is not set, as in an IDE. A class's file is replaced when
 * the class runs again, so that running one class does not forget the others. A test that is run again after it failed
 * counts as it ended last.
 */
public final class FeatureListener implements TestExecutionListener {
    /** System property that names the directory to write to. */
    public static final String OUT = "lakeport.features.out";

    private final Optional<Path> directory;
    /** What is to be written of each test, by class and by the id of the test, which is the same when it runs again. */
    private final ConcurrentSkipListMap<String, ConcurrentSkipListMap<String, List<String>>> linesByClass =
            new ConcurrentSkipListMap<>();

    /** Creates the listener for the directory that the system property names. */
    public FeatureListener() {
        this(Optional.ofNullable(System.getProperty(OUT)).map(Path::of));
    }

    FeatureListener(Optional<Path> directory) {
        this.directory = directory;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String outcome = switch (result.getStatus()) {
            case SUCCESSFUL -> "passed";
            case FAILED -> "failed";
            case ABORTED -> "skipped";
        };
        // A container that ended well says nothing; one that failed (a broken @BeforeAll) hides the tests in it.
        if (test.isTest() || outcome.equals("failed")) {
            note(test, outcome);
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        note(test, "skipped");
    }

    private void note(TestIdentifier test, String outcome) {
        Optional<MethodSource> method = test.getSource().flatMap(FeatureListener::methodOf);
        if (method.isEmpty()) {
            return;
        }
        String className = method.get().getClassName();
        List<String> lines = test.getTags().stream()
                .map(TestTag::getName)
                .map(tag -> tag + "\t" + className + "#" + method.get().getMethodName() + "\t" + outcome)
                .toList();
        linesByClass
                .computeIfAbsent(className, ignored -> new ConcurrentSkipListMap<>())
                .put(test.getUniqueId(), lines);
    }

    private static Optional<MethodSource> methodOf(TestSource source) {
        return source instanceof MethodSource method ? Optional.of(method) : Optional.empty();
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        directory.ifPresent(this::write);
    }

    private void write(Path to) {
        try {
            Files.createDirectories(to);
            for (var entry : linesByClass.entrySet()) {
                List<String> lines = entry.getValue().values().stream()
                        .flatMap(List::stream)
                        .distinct()
                        .sorted()
                        .toList();
                Files.write(to.resolve(entry.getKey() + ".tsv"), lines);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write which features the tests prove to " + to, e);
        }
    }
}
