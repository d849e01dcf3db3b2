package io.lakeport.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Watches the resident memory of a process from outside, by what the kernel tells of it. */
final class MemoryPlot {
    private static final int INTERVAL_MILLIS = 500;
    private static final int LINES = 20;
    private static final int WIDTH = 800;
    private static final int HEIGHT = 300;
    private static final double MEGA = 1e6;

    private final List<Long> samples = new ArrayList<>();

    /** Samples until the process ends and returns what it printed; its output must be short. */
    String watch(Process process) throws IOException, InterruptedException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        while (!process.waitFor(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
            rss(status).ifPresent(samples::add);
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static java.util.OptionalLong rss(Path status) throws IOException {
        if (!Files.exists(status)) {
            return java.util.OptionalLong.empty();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) * 1024)
                .findFirst();
    }

    /** Prints about twenty lines: time and resident memory. */
    void print(PrintStream out) {
        int step = Math.max(1, samples.size() / LINES);
        for (int i = 0; i < samples.size(); i += step) {
            out.printf(
                    Locale.ROOT,
                    "%7.1f s  %4.0f MB  %s%n",
                    i * INTERVAL_MILLIS / 1000.0,
                    samples.get(i) / MEGA,
                    "#".repeat((int) (samples.get(i) / MEGA / 8)));
        }
    }

    /** Writes the plot as an SVG image. */
    void writeSvg(Path file) throws IOException {
        long most = samples.stream().mapToLong(Long::longValue).max().orElse(1);
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < samples.size(); i++) {
            points.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    (double) i * WIDTH / Math.max(1, samples.size() - 1),
                    HEIGHT - (double) samples.get(i) * HEIGHT / most));
        }
        String svg = String.format(
                Locale.ROOT,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 -20 %d %d'><polyline fill='none' stroke='black'"
                        + " points='%s'/><text y='-5'>resident memory, peak %.0f MB, over %.0f s</text></svg>%n",
                WIDTH,
                HEIGHT + 20,
                points,
                most / MEGA,
                samples.size() * INTERVAL_MILLIS / 1000.0);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, svg);
    }
}
