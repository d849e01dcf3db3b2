package io.lakeport.testwatch;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Fails a test that left something behind: a log record of WARN or above that it did not announce with
 * {@link ExpectWarnings}, or a planted secret ({@link Canary}) in a record of any level. Fails a test class that left
 * threads running.
 *
 * <p>Threads are looked at after the class and not after each test, because what a class starts once, such as a
 * server, grows threads while its tests run.
 *
 * <p>Registered for every class where {@code junit.jupiter.extensions.autodetection.enabled} is true, as in this
 * build; elsewhere by {@code @ExtendWith(AfterEveryTest.class)}. It sees what reaches java.util.logging, and expects
 * tests of one JVM to run one after the other.
 */
public final class AfterEveryTest
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(AfterEveryTest.class);

    /** Creates the extension; JUnit does. */
    public AfterEveryTest() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isOutermost(context)) {
            LogRecords.collectAll();
            // What the class itself logs while it is set up counts for its first test.
            LogRecords.clear();
            context.getStore(HERE).put(LiveThreads.class, LiveThreads.now());
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        LogRecords.collectAll();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<String> problems = LogRecords.problems(LogRecords.drain(), required(context), allowed(context));
        if (!problems.isEmpty()) {
            throw new AssertionError(String.join("\n", problems));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        LiveThreads before = context.getStore(HERE).get(LiveThreads.class, LiveThreads.class);
        if (before == null || !isOutermost(context)) {
            return;
        }
        LeavesThreads mark = context.getRequiredTestClass().getAnnotation(LeavesThreads.class);
        List<String> left = before.leftBehind(mark == null ? List.of() : List.of(mark.value()));
        if (!left.isEmpty()) {
            throw new AssertionError(context.getDisplayName() + " left " + left.size()
                    + " thread(s) running; close what started them, or say why not with @LeavesThreads:\n  "
                    + String.join("\n  ", left));
        }
    }

    private static boolean isOutermost(ExtensionContext context) {
        return context.getParent().flatMap(ExtensionContext::getTestClass).isEmpty();
    }

    private static List<String> required(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), ExpectWarnings.class)
                .map(mark -> List.of(mark.value()))
                .orElse(List.of());
    }

    private static List<String> allowed(ExtensionContext context) {
        Optional<ExpectWarnings> mark =
                AnnotationSupport.findAnnotation(context.getRequiredTestClass(), ExpectWarnings.class);
        return mark.map(found -> List.of(found.value())).orElse(List.of());
    }
}
