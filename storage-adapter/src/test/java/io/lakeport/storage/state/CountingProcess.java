package io.lakeport.storage.state;

import static io.lakeport.storage.state.KilledWriter.key;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.Batch;
import io.lakeport.core.state.Document;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateError;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A process among several: adds to a sum by compare-and-set, and to another one under a lease. */
final class CountingProcess {
    static final int PROCESSES = 3;
    static final int TIMES = 15;

    private CountingProcess() {}

    /** Runs them all against one store, and returns what each wrote in its exit code. */
    static List<Integer> run(String kind, String place) throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CountingProcess.class.getName(),
                            kind,
                            place)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        List<Integer> codes = new ArrayList<>();
        for (Process process : processes) {
            codes.add(process.waitFor());
        }
        return codes;
    }

    private static byte[] text(long number) {
        return Long.toString(number).getBytes(StandardCharsets.UTF_8);
    }

    private static long number(Document document) {
        return Long.parseLong(document.text());
    }

    public static void main(String[] args) {
        try (StateStore store = KilledWriter.open(args[0], args[1])) {
            StateSpace space = store.of(KilledWriter.TENANT);
            for (int i = 0; i < TIMES; i++) {
                compareAndSet(space);
                underALease(space);
            }
        }
    }

    private static void compareAndSet(StateSpace space) {
        while (true) {
            Optional<Document> sum = space.get(key("sum"));
            try {
                if (sum.isEmpty()) {
                    space.create(key("sum"), text(1));
                } else {
                    space.replace(
                            key("sum"), text(number(sum.get()) + 1), sum.get().revision());
                }
                return;
            } catch (LakeportException e) {
                if (!e.is(StateError.STATE_CONFLICT)) {
                    throw e;
                }
            }
        }
    }

    /** Reads and writes without a comparison: only the lease keeps the others out. */
    private static void underALease(StateSpace space) {
        while (true) {
            Optional<Lease> lease =
                    space.acquire("count", "pid " + ProcessHandle.current().pid(), Duration.ofMinutes(1));
            if (lease.isPresent()) {
                long sum = space.get(key("leased")).map(CountingProcess::number).orElse(0L);
                space.apply(Batch.builder()
                        .put(key("leased"), text(sum + 1))
                        .require(lease.get())
                        .build());
                space.release(lease.get());
                return;
            }
        }
    }
}
