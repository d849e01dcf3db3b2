package io.lakeport.app.export;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What became of all schedules, for a person. Confined to one thread. */
final class FaultSummary {
    private static final int SLOWEST = 5;

    private final Map<String, Integer> exports = new TreeMap<>();
    private final Map<ErrorCategory, Integer> failures = new EnumMap<>(ErrorCategory.class);
    private final Map<Long, Duration> times = new TreeMap<>();
    private int finishedLater;

    /** Takes note of an export that succeeded after these failures. */
    void finished(List<LakeportException> before) {
        before.forEach(e -> failures.merge(e.category(), 1, Integer::sum));
        finishedLater += before.isEmpty() ? 0 : 1;
    }

    /** Takes note of a schedule after which everything was as it should be. */
    void passed(FaultSchedule schedule, Duration time) {
        String place = schedule.place().name().toLowerCase(Locale.ROOT);
        exports.merge(place + " " + schedule.shape().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
        times.put(schedule.seed(), time);
    }

    void write(Path file, ExportWorld world) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        Files.writeString(file, text(world.happened()));
    }

    private String text(Map<String, Integer> happened) {
        int all = exports.values().stream().mapToInt(Integer::intValue).sum();
        Duration whole = times.values().stream().reduce(Duration.ZERO, Duration::plus);
        return all + " schedules passed in " + whole.toSeconds() + " s: every row once, every statement ended, nothing"
                + " left at the target or in memory\n\nexports\n" + lines(exports)
                + "\nfaults that happened\n" + lines(happened)
                + "\nattempts that failed\n"
                + lines(failures.entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> entry.getKey().name(), Map.Entry::getValue, Integer::sum, TreeMap::new)))
                + "\nexports that a later attempt finished: " + finishedLater + "\nslowest seeds: " + slowest() + "\n";
    }

    private static String lines(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%6d  %s%n", entry.getValue(), entry.getKey()))
                .collect(Collectors.joining());
    }

    private String slowest() {
        return times.entrySet().stream()
                .sorted(Map.Entry.<Long, Duration>comparingByValue().reversed())
                .limit(SLOWEST)
                .map(entry -> entry.getKey() + " (" + entry.getValue().toMillis() + " ms)")
                .collect(Collectors.joining(", "));
    }
}
