package io.lakeport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.export.port.ExportProgress;
import io.lakeport.core.export.port.ExportProgress.Phase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(System.out, new PrintStream(err, true, StandardCharsets.UTF_8));
    private final AtomicLong nanos = new AtomicLong();

    private static ExportProgress writing(long rows, long bytes, int segments) {
        return new ExportProgress(Phase.WRITING, rows, OptionalLong.of(4_000), bytes, segments, bytes / 2);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void log_resumedRun_tellsTheTimeLeftByThisProcessAlone() {
        try (ProgressLine progress = new ProgressLine(console, false, nanos::get)) {
            progress.accept(ExportProgress.begin(Phase.PLANNING));
            nanos.addAndGet(TimeUnit.MINUTES.toNanos(5));
            progress.accept(writing(2_000, 0, 3));
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
            progress.accept(writing(2_100, 50_000_000, 4));
        }

        assertThat(shown().lines())
                .hasSize(3)
                .last()
                .isEqualTo("writing [###############...............]  53%  2,100 rows, 5.0 MB/s, 4 part(s),"
                        + " 25.0 MB written, 0:03:10 left");
    }

    @Test
    void log_betweenTwoLines_staysQuietForTenSeconds() {
        try (ProgressLine progress = new ProgressLine(console, false, nanos::get)) {
            for (int second = 0; second < 25; second++) {
                progress.accept(writing(100 + second, 1_000, 1));
                nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
            }
        }

        assertThat(shown().lines()).hasSize(3);
        assertThat(shown()).doesNotContain("\u001b", "\r");
    }

    @Test
    void terminal_everyUpdate_isDrawnOverTheLastAndRemovedAtTheEnd() {
        try (ProgressLine progress = new ProgressLine(console, true, nanos::get)) {
            progress.accept(writing(100, 1_000, 1));
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
            progress.accept(writing(200, 2_000, 1));
        }

        assertThat(shown()).startsWith("\r").doesNotContain("\n").endsWith("\r\u001b[K");
    }
}
