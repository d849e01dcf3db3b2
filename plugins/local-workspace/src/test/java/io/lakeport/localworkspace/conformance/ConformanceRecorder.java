package io.lakeport.localworkspace.conformance;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;

/** Notes how each test that {@link Proves} something ended. */
public final class ConformanceRecorder implements BeforeEachCallback, TestWatcher {
    /** The client of each running test: when a watcher is called, the test's instance is gone. */
    private static final Map<String, String> CLIENTS = new ConcurrentHashMap<>();

    /** Creates the extension; JUnit does. */
    public ConformanceRecorder() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getTestInstance().ifPresent(test -> {
            if (test instanceof ClientUnderTest one) {
                CLIENTS.put(context.getUniqueId(), one.clientName());
            }
        });
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        note(context, ConformanceResults.PASSED, "");
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        note(context, ConformanceResults.FAILED, String.valueOf(cause.getMessage()));
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        note(context, ConformanceResults.SKIPPED, String.valueOf(cause.getMessage()));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        note(context, ConformanceResults.SKIPPED, reason.orElse(""));
    }

    private static void note(ExtensionContext context, String outcome, String why) {
        Optional<Proves> onClass = AnnotationSupport.findAnnotation(context.getRequiredTestClass(), Proves.class);
        Optional<Proves> mark = AnnotationSupport.findAnnotation(context.getElement(), Proves.class)
                .or(() -> onClass);
        if (mark.isEmpty()) {
            return;
        }
        String named = mark.get().client().isEmpty()
                ? onClass.map(Proves::client).orElse("")
                : mark.get().client();
        String client =
                Optional.ofNullable(CLIENTS.remove(context.getUniqueId())).orElse(named);
        String check =
                context.getTestMethod().map(java.lang.reflect.Method::getName).orElse(context.getDisplayName());
        ConformanceResults.note(
                context.getRequiredTestClass().getName(),
                new ConformanceResults.Line(client, mark.get().value(), check, outcome, why));
    }
}
