package io.lakeport.app.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Prints the road's steps, one line or a few for each. Not thread-safe. */
public final class DemoScreen {
    private final PrintStream out;
    private int number;
    private long startNanos = System.nanoTime();

    /** Creates a screen that prints to {@code out}. */
    public DemoScreen(PrintStream out) {
        this.out = out;
    }

    /** Begins to time the next step. */
    public void begin() {
        startNanos = System.nanoTime();
    }

    /** Prints the step that was begun last, with the time it took. */
    public void step(String name, String text) {
        number++;
        double seconds = Duration.ofNanos(System.nanoTime() - startNanos).toMillis() / 1000.0;
        out.append(String.format(Locale.ROOT, "%2d  %-10s %-70s %5.1f s%n", number, name, text, seconds));
        out.flush();
    }

    /** Prints a line below a step. */
    public void detail(String text) {
        out.append("               ").append(text).append('\n');
        out.flush();
    }

    /** Prints a line on its own. */
    public void line(String text) {
        out.append(text).append('\n');
        out.flush();
    }

    static String count(long number, String one) {
        return String.format(Locale.ROOT, "%,d %s%s", number, one, number == 1 ? "" : "s");
    }

    static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
