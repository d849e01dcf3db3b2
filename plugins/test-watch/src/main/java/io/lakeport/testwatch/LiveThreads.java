package io.lakeport.testwatch;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;

/** The threads of the JVM at one moment, to be set beside those of a later one. */
final class LiveThreads {
    /** A thread that was told to end may need a moment to do so. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Set<Thread> before = Collections.newSetFromMap(new WeakHashMap<>());

    private LiveThreads() {}

    static LiveThreads now() {
        LiveThreads threads = new LiveThreads();
        threads.before.addAll(Thread.getAllStackTraces().keySet());
        return threads;
    }

    /**
     * Returns the threads that are new and still run after a short wait: those that keep a JVM from ending, and daemon
     * threads that Lakeport named. Daemon threads of the JDK and of libraries come and go on their own.
     */
    List<String> leftBehind(List<String> allowedNames) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        List<String> left = find(allowedNames);
        while (!left.isEmpty() && System.nanoTime() - end < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return left;
            }
            left = find(allowedNames);
        }
        return left;
    }

    private List<String> find(List<String> allowedNames) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry ->
                        !before.contains(entry.getKey()) && entry.getKey().isAlive())
                .filter(entry -> isOurs(entry.getKey()))
                .filter(entry -> allowedNames.stream().noneMatch(entry.getKey().getName()::matches))
                .map(entry -> describe(entry.getKey(), entry.getValue()))
                .sorted()
                .toList();
    }

    private static boolean isOurs(Thread thread) {
        // JUnit's own watcher of timeouts lives as long as the run.
        return !thread.getName().startsWith("junit-") && isAChargeOnTheJvm(thread);
    }

    private static boolean isAChargeOnTheJvm(Thread thread) {
        return !thread.isDaemon() || thread.getName().toLowerCase(Locale.ROOT).contains("lakeport");
    }

    private static String describe(Thread thread, StackTraceElement[] stack) {
        String place = stack.length == 0 ? "" : " at " + stack[0];
        return "'" + thread.getName() + "'" + (thread.isDaemon() ? " (daemon)" : "") + place;
    }
}
