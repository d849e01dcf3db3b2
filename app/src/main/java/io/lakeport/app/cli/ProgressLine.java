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
    private long lastNanos;
    private long writingNanos;
    private long rowsAtStart;
    private ExportProgress.@Nullable Phase lastPhase;
    private boolean drawn;

    ProgressLine(Console console) {
        this(console, Boolean.getBoolean("lakeport.terminal"), System::nanoTime);
    }

    ProgressLine(Console console, boolean terminal, LongSupplier nanoClock) {
        this.console = console;
        this.terminal = terminal;
        this.nanoClock = nanoClock;
        this.lastNanos = nanoClock.getAsLong();
        this.writingNanos = lastNanos;
    }

    @Override
    public void accept(ExportProgress progress) {
        long now = nanoClock.getAsLong();
        progress.note().ifPresent(this::note);
        if (progress.phase() == ExportProgress.Phase.WRITING && lastPhase != ExportProgress.Phase.WRITING) {
            writingNanos = now;
            rowsAtStart = progress.rows();
        }
        boolean newPhase = progress.phase() != lastPhase;
        if (!newPhase && now - lastNanos < (terminal ? REDRAW_NANOS : LINE_NANOS)) {
            return;
        }
        lastNanos = now;
        lastPhase = progress.phase();
        String text = text(progress, now);
        if (terminal) {
            console.err().print("\r" + text + "\u001b[K");
            console.err().flush();
            drawn = true;
        } else {
            console.note(text);
        }
    }

    /** A note stays on the screen; the bar goes on below it. */
    private void note(String text) {
        close();
        drawn = false;
        console.note(text);
    }

    private String text(ExportProgress progress, long now) {
        String phase = progress.phase().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (progress.rows() == 0) {
            return phase + " …";
        }
        String figures = String.format(
                Locale.ROOT,
                "%,d rows, %s%,d part(s), %,.1f MB written",
                progress.rows(),
                // Nothing is read while a run is begun or published.
                progress.bytes() == 0
                        ? ""
                        : String.format(Locale.ROOT, "%,.1f MB/s, ", progress.bytes() / 1e6 / seconds(now)),
                progress.segments(),
                progress.written() / 1e6);
        if (progress.totalRows().isEmpty() || progress.totalRows().getAsLong() == 0) {
            return phase + " " + figures;
        }
        long total = progress.totalRows().getAsLong();
        double share = Math.min(1, (double) progress.rows() / total);
        return bar(phase, share) + figures + left(progress.rows(), total, now);
    }

    private static String bar(String phase, double share) {
        int full = (int) (share * BAR_WIDTH);
        return String.format(
                Locale.ROOT, "%s [%s%s] %3.0f%%  ", phase, "#".repeat(full), ".".repeat(BAR_WIDTH - full), 100 * share);
    }

    /** Rows that an earlier process wrote took this one no time, so they say nothing of how long the rest takes. */
    private String left(long rows, long total, long now) {
        long own = rows - rowsAtStart;
        if (own <= 0 || rows >= total || seconds(now) < 1) {
            return "";
        }
        Duration left = Duration.ofSeconds(Math.round((total - rows) * seconds(now) / own));
        return String.format(
                Locale.ROOT, ", %d:%02d:%02d left", left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }

    private double seconds(long now) {
        return Math.max(1, now - writingNanos) / 1e9;
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
