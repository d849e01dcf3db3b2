package io.lakeport.testwatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;

/** Keeps what the running test logs. Every level is kept for loggers under {@code io.lakeport}. Thread-safe. */
final class LogRecords extends Handler {
    private static final String OURS = "io.lakeport";
    private static final LogRecords INSTANCE = new LogRecords();
    /** Held, because a logger that nobody holds forgets its level. */
    private static final Logger ROOT = Logger.getLogger("");

    private static final Logger LAKEPORT = Logger.getLogger(OURS);

    /** One record that matters: a warning of ours, or a leak. */
    record Kept(String logger, Level level, String text, Optional<String> leaked) {
        boolean isWarning() {
            return level.intValue() >= Level.WARNING.intValue() && logger.startsWith(OURS);
        }
    }

    private final Queue<Kept> kept = new ConcurrentLinkedQueue<>();
    private final SimpleFormatter formatter = new SimpleFormatter();

    private LogRecords() {
        setLevel(Level.ALL);
    }

    /** Begins to collect; again after somebody reset java.util.logging. */
    static void collectAll() {
        LAKEPORT.setLevel(Level.ALL);
        for (Handler handler : ROOT.getHandlers()) {
            if (handler == INSTANCE) {
                return;
            }
        }
        ROOT.addHandler(INSTANCE);
    }

    static void clear() {
        INSTANCE.kept.clear();
    }

    /** Returns what was collected, and forgets it. */
    static List<Kept> drain() {
        List<Kept> drained = new ArrayList<>();
        for (Kept next = INSTANCE.kept.poll(); next != null; next = INSTANCE.kept.poll()) {
            drained.add(next);
        }
        return drained;
    }

    @Override
    public void publish(LogRecord record) {
        String text = formatter.formatMessage(record) + causes(record.getThrown());
        String logger = record.getLoggerName() == null ? "" : record.getLoggerName();
        Kept entry = new Kept(logger, record.getLevel(), text, Canary.in(text));
        // A test may log millions of records; only those that fail it are worth their memory.
        if (entry.isWarning() || entry.leaked().isPresent()) {
            kept.add(entry);
        }
    }

    private static String causes(@org.jspecify.annotations.Nullable Throwable thrown) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (Throwable at = thrown; at != null && depth < 20; at = at.getCause()) {
            text.append(" <- ").append(at);
            depth++;
        }
        return text.toString();
    }

    /** Returns what is wrong with the records, one sentence each; required patterns must be met, allowed ones may. */
    static List<String> problems(List<Kept> records, List<String> required, List<String> allowed) {
        List<String> problems = new ArrayList<>();
        for (Kept record : records) {
            record.leaked()
                    .ifPresent(secret -> problems.add("a planted secret is in the log: logger " + record.logger()
                            + ", level " + record.level() + ": " + record.text().replace(secret, "[planted secret]")));
            if (record.isWarning() && !matchesAny(record, required) && !matchesAny(record, allowed)) {
                problems.add("a " + record.level() + " that the test did not announce with @ExpectWarnings: logger "
                        + record.logger() + ": " + record.text());
            }
        }
        for (String pattern : required) {
            if (records.stream().noneMatch(record -> record.isWarning() && matches(record, pattern))) {
                problems.add("no warning matched '" + pattern + "', which @ExpectWarnings announces");
            }
        }
        return problems;
    }

    private static boolean matchesAny(Kept record, List<String> patterns) {
        return patterns.stream().anyMatch(pattern -> matches(record, pattern));
    }

    private static boolean matches(Kept record, String pattern) {
        return Pattern.compile(pattern).matcher(record.text()).find();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
