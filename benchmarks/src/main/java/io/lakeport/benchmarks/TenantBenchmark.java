package io.lakeport.benchmarks;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.ExportSettings;
import io.lakeport.app.config.GuardSettings;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.LedgerSettings;
import io.lakeport.app.config.MemorySettings;
import io.lakeport.app.config.StateSettings;
import io.lakeport.app.config.TenancySettings;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Isolation;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantScope;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.tenant.WorkspaceHost;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Many tenants in one process: what one costs that was used and rests, and what the others notice when one floods. The
 * workspace runs in a process of its own, so that the heap is the host's alone.
 */
final class TenantBenchmark {
    private static final int TENANTS = Integer.getInteger("tenants", 10_000);
    private static final int FIRST = 200;
    private static final int QUIET = 8;
    private static final int FLOOD_THREADS = 32;
    private static final int TURNS_PER_SECOND = 60;
    private static final long MEASURED_SECONDS = 12;

    private final PrintStream out;
    private final SimulatorConnection server;

    TenantBenchmark(PrintStream out, SimulatorConnection server) {
        this.out = out;
        this.server = server;
    }

    void run() throws Exception {
        atRest();
        fairness();
    }

    private Tenant tenant(int number) {
        return new Tenant(
                TenantId.of("tenant-" + number),
                WorkspaceHost.parse(server.httpUrl().toString()),
                List.of(WarehouseId.of(server.warehouseId())),
                "sea",
                Optional.of(server.catalog()),
                Optional.of(server.schema()),
                IdentitySettings.oauthM2m(
                        server.clientId(), Secret.of(server.clientSecret().reveal())),
                Isolation.SHARED_CREDENTIALS,
                new TenantScope(
                        Set.of(server.catalog()),
                        Set.of(URI.create("s3://lake/tenant-" + number + "/")),
                        AccessProfile.READ),
                UserAgentEntry.parse("Vendor_Platform/1." + number),
                Duration.ofMinutes(2));
    }

    private LakeportConfig config(int tenants, Map<String, Integer> rates) {
        Map<TenantId, Tenant> all = new LinkedHashMap<>();
        for (int i = 0; i < tenants; i++) {
            Tenant made = tenant(i);
            all.put(made.id(), made);
        }
        GuardSettings guards = GuardSettings.defaults();
        return new LakeportConfig(
                all,
                Map.of(),
                Map.of(),
                MemorySettings.defaults(),
                LedgerSettings.inMemory(),
                ExportSettings.defaults(),
                StateSettings.inMemory(),
                Optional.empty(),
                TenancySettings.standard(),
                List.of(),
                new GuardSettings(guards.maxConcurrent(), rates, guards.retry(), guards.circuit()),
                List.of());
    }

    private static void use(Lakeport lakeport, int number) {
        try (RowCursor rows = lakeport.tenant("tenant-" + number).query("SELECT 1").rows()) {
            if (!rows.next()) {
                throw new IllegalStateException("no row");
            }
        }
    }

    private void atRest() throws InterruptedException {
        long empty = heap();
        LakeportConfig config = config(TENANTS, Map.of());
        long configured = heap();
        try (Lakeport lakeport = Lakeport.builder().config(config).build()) {
            for (int i = 0; i < FIRST; i++) {
                use(lakeport, i);
            }
            long warm = heap();
            long start = System.nanoTime();
            for (int i = FIRST; i < TENANTS; i++) {
                use(lakeport, i);
            }
            long took = System.nanoTime() - start;
            long used = heap();
            long configuration = (configured - empty) / TENANTS;
            long traces = (used - warm) / (TENANTS - FIRST);
            out.println("tenants at rest (heap after garbage collection)");
            row("configured", configuration + " B each");
            row("more, once used", traces + " B each (token, ledger entry, counts)");
            row("together", configuration + traces + " B each; the limit is 8192");
            row("hold connections", lakeport.tenants().active() + " of " + TENANTS);
            row("first use of a tenant", TimeUnit.NANOSECONDS.toMicros(took / (TENANTS - FIRST)) + " us (sign-in, connection, SELECT 1)");
        }
    }

    private void row(String name, String value) {
        out.printf(Locale.ROOT, "  %-24s%s%n", name, value);
    }

    @SuppressWarnings("PMD.DoNotCallGarbageCollectionExplicitly")
    private static long heap() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        // The JDK's HTTP clients end their threads some seconds after nobody holds them any more.
        for (int i = 0; i < 12; i++) {
            System.gc();
            Thread.sleep(700);
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** What a tenant saw: how long its calls took, in nanoseconds. */
    private record Seen(List<Long> times) {
        double p95Millis() {
            List<Long> sorted = new ArrayList<>(times);
            Collections.sort(sorted);
            return sorted.isEmpty() ? 0 : sorted.get((int) (sorted.size() * 0.95)) / 1e6;
        }
    }

    private void fairness() throws Exception {
        Seen calm = measure(false);
        Seen flooded = measure(true);
        out.println("fairness: " + QUIET + " tenants of one workspace, " + TURNS_PER_SECOND
                + " exchanges a second allowed, one more floods with " + FLOOD_THREADS + " threads");
        double rate = (double) flooded.times().size() / calm.times().size();
        row("without flood", calm.times().size() / MEASURED_SECONDS + " calls/s, p95 "
                + String.format(Locale.ROOT, "%.0f ms", calm.p95Millis()));
        row("with flood", flooded.times().size() / MEASURED_SECONDS + " calls/s, p95 "
                + String.format(Locale.ROOT, "%.0f ms", flooded.p95Millis()));
        row("the others keep", String.format(
                Locale.ROOT,
                "%.0f %% of their throughput (their share is %d of %d), p95 times %.2f",
                rate * 100,
                QUIET,
                QUIET + 1,
                flooded.p95Millis() / calm.p95Millis()));
    }

    private Seen measure(boolean flood) throws Exception {
        LakeportConfig config = config(QUIET + 1, Map.of("sql", TURNS_PER_SECOND));
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Lakeport lakeport = Lakeport.builder().config(config).build()) {
            for (int i = 0; i <= QUIET; i++) {
                use(lakeport, i);
            }
            List<Future<?>> flooding = new ArrayList<>();
            for (int i = 0; flood && i < FLOOD_THREADS; i++) {
                flooding.add(threads.submit(() -> loop(lakeport, QUIET, over, new ArrayList<>())));
            }
            Thread.sleep(2000);
            List<Long> times = Collections.synchronizedList(new ArrayList<>());
            List<Future<?>> quiet = new ArrayList<>();
            for (int i = 0; i < QUIET; i++) {
                int number = i;
                quiet.add(threads.submit(() -> loop(lakeport, number, over, times)));
            }
            Thread.sleep(MEASURED_SECONDS * 1000);
            Seen seen = new Seen(List.copyOf(times));
            over.set(true);
            for (Future<?> one : quiet) {
                one.get();
            }
            for (Future<?> one : flooding) {
                one.get();
            }
            return seen;
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    private static void loop(Lakeport lakeport, int number, AtomicBoolean over, List<Long> times) {
        while (!over.get()) {
            long start = System.nanoTime();
            use(lakeport, number);
            times.add(System.nanoTime() - start);
        }
    }
}
