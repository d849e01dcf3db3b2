package io.lakeport.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Searches everything that a test logged or that it hands over for the planted secret. */
public final class CanaryWatch implements BeforeEachCallback, AfterEachCallback {
    private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
    private final Logger root = Logger.getLogger("");
    private final Logger ours = Logger.getLogger("io.lakeport");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getMessage() + " "
                    + List.of(line.getParameters() == null ? new Object[0] : line.getParameters()) + " "
                    + (line.getThrown() == null ? "" : text(line.getThrown())));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Override
    public void beforeEach(ExtensionContext context) {
        handler.setLevel(Level.ALL);
        ours.setLevel(Level.ALL);
        root.addHandler(handler);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        root.removeHandler(handler);
        ours.setLevel(null);
        context.getExecutionException().ifPresent(CanaryWatch::assertClean);
        assertThat(String.join("\n", logged)).doesNotContain(Contexts.CANARY);
    }

    /** Returns what was logged so far. */
    public List<String> logged() {
        return List.copyOf(logged);
    }

    /** Asserts that neither message, cause, stack trace nor text of a failure holds the secret, plain or encoded. */
    public static void assertClean(Throwable failure) {
        String basic = java.util.Base64.getEncoder()
                .encodeToString(
                        (Contexts.CLIENT_ID + ":" + Contexts.CANARY).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(text(failure)).doesNotContain(Contexts.CANARY).doesNotContain(basic);
    }

    private static String text(Throwable failure) {
        StringWriter writer = new StringWriter();
        failure.printStackTrace(new PrintWriter(writer));
        return writer.toString();
    }
}
