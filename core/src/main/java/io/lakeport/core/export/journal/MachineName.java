package io.lakeport.core.export.journal;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this machine calls itself, found once. {@link InetAddress#getLocalHost} asks the name service for addresses that
 * nobody needs here, and where that does not answer it takes as long as the resolver's patience, every time.
 */
final class MachineName {
    private static final Logger LOG = LoggerFactory.getLogger(MachineName.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private MachineName() {}

    /** Found when it is first asked for. */
    private static final class Holder {
        static final String NAME = find(
                Path.of("/proc/sys/kernel/hostname"),
                () -> InetAddress.getLocalHost().getHostName(),
                PATIENCE);
    }

    /** Returns the name; the same as long as the process lives. */
    static String get() {
        return Holder.NAME;
    }

    /**
     * Returns the name that the kernel tells, or else what the look-up gives in time.
     *
     * @return a name that no other process has where neither tells: a machine that is taken for another one is asked
     *     about processes it never had, and would call a run dead that is at work
     */
    static String find(Path kernel, Callable<String> lookup, Duration patience) {
        return read(kernel)
                .or(() -> ask(lookup, patience))
                .orElseGet(() -> "unknown-" + UUID.randomUUID().toString().replace("-", ""));
    }

    private static Optional<String> read(Path kernel) {
        try {
            return Optional.of(Files.readString(kernel).strip()).filter(name -> !name.isEmpty());
        } catch (IOException e) {
            LOG.debug("{} does not tell the machine's name", kernel, e);
            return Optional.empty();
        }
    }

    private static Optional<String> ask(Callable<String> lookup, Duration patience) {
        FutureTask<String> answer = new FutureTask<>(lookup);
        Thread asking = new Thread(answer, "lakeport-machine-name");
        asking.setDaemon(true);
        asking.start();
        try {
            return Optional.of(answer.get(patience.toNanos(), TimeUnit.NANOSECONDS))
                    .filter(name -> !name.isBlank());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the name service does not tell this machine's name", e);
            return Optional.empty();
        } finally {
            answer.cancel(true);
        }
    }
}
