package io.lakeport.app.running;

import io.lakeport.core.export.journal.RunOwner;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process. Its start tells it from a later one with the same number.
 *
 * @param host name of the machine: a directory may be shared
 * @param pid number of the process
 * @param started when it began, in milliseconds since 1970, 0 where the system does not say
 */
record Owner(String host, long pid, long started) {
    private static final String SUFFIX = ".running";
    private static final Pattern NAME = Pattern.compile("(.+)_(\\d{1,18})_(\\d{1,18})_\\d{1,9}\\.running");

    static Owner self() {
        ProcessHandle self = ProcessHandle.current();
        return new Owner(localHost(), self.pid(), started(self));
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String localHost() {
        return RunOwner.current().host().replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** Returns whether the process has certainly ended; of another machine's processes nobody here can tell. */
    boolean isDead() {
        if (!host.equals(localHost())) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return process.isEmpty() || (started != 0 && started(process.get()) != started);
    }

    /** Returns a file name that {@link #parse} reads; {@code number} tells several of one process apart. */
    String fileName(int number) {
        return host + "_" + pid + "_" + started + "_" + number + SUFFIX;
    }

    /** Returns the process that a file is named for, empty for other files. */
    static Optional<Owner> parse(String fileName) {
        Matcher parts = NAME.matcher(fileName);
        return parts.matches()
                ? Optional.of(new Owner(parts.group(1), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3))))
                : Optional.empty();
    }
}
