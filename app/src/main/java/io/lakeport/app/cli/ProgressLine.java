package io.lakeport.app.cli;

import io.lakeport.core.export.port.ExportProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far an export is, on standard error: a bar that is drawn over itself on a terminal, and a line now and then
 * elsewhere. The launcher says whether it is a terminal, because Java cannot ask for standard error alone.
 */
final class ProgressLine implements Consumer<ExportProgress>, AutoCloseable {
    private static final int BAR_WIDTH = 30;
    private static final long REDRAW_NANOS = Duration.ofMillis(150).toNanos();
    private static final long LINE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Console console;
    private final boolean terminal;
    private final LongSupplier nanoClock;
    private final long startNanos;
    private long lastNanos;
    private ExportProgress.@Nullable Phase lastPhase;
    private boolean drawn;

    ProgressLine(Console console) {
        this(console, Boolean.getBoolean("lakeport.terminal"), System::nanoTime);
    }

    ProgressLine(Console console, boolean terminal, LongSupplier nanoClock) {
        this.console = console;
        this.terminal = terminal;
        this.nanoClock = nanoClock;
        this.startNanos = nanoClock.getAsLong();
        this.lastNanos = startNanos;
    }

    @Override
    public void accept(ExportProgress progress) {
        long now = nanoClock.getAsLong();
        boolean newPhase = progress.phase() != lastPhase;
        if (!newPhase && now - lastNanos < (terminal ? REDRAW_NANOS : LINE_NANOS)) {
            return;
        }
        lastNanos = now;
        lastPhase = progress.phase();
        String text = text(progress, Math.max(1, now - startNanos) / 1e9);
        if (terminal) {
            console.err().print("\r" + text + "\u001b[K");
            console.err().flush();
            drawn = true;
        } else {
            console.note(text);
        }
    }

    private String text(ExportProgress progress, double seconds) {
        String phase = progress.phase().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (progress.rows() == 0) {
            return phase + " …";
        }
        String figures = String.format(
                Locale.ROOT,
                "%,d rows, %,.1f MB, %,.0f rows/s",
                progress.rows(),
                progress.bytes() / 1e6,
                progress.rows() / seconds);
        if (progress.totalRows().isEmpty() || progress.totalRows().getAsLong() == 0) {
            return phase + " " + figures;
        }
        double share =
                Math.min(1, (double) progress.rows() / progress.totalRows().getAsLong());
        int full = (int) (share * BAR_WIDTH);
        return String.format(
                Locale.ROOT,
                "%s [%s%s] %3.0f%%  %s",
                phase,
                "#".repeat(full),
                ".".repeat(BAR_WIDTH - full),
                100 * share,
                figures);
    }

    /** Ends the bar, so that what is printed next begins on a line of its own. */
    @Override
    public void close() {
        if (drawn) {
            console.err().print("\r\u001b[K");
            console.err().flush();
        }
    }
}
