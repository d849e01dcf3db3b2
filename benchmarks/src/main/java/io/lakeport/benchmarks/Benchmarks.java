package io.lakeport.benchmarks;

import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import io.lakeport.core.simulator.WorkspaceSimulatorProvider;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Runs the benchmarks: {@code guard}, {@code decode}, {@code encode}, {@code start}, {@code read}, {@code export},
 * {@code partitions}, {@code workspace}; all of them without an argument. {@code memory} exports 60 million rows, takes
 * minutes, and {@code tenants} uses ten thousand of them; these run when they are named.
 */
public final class Benchmarks {
    private Benchmarks() {}

    /** Prints one table for each benchmark. */
    public static void main(String[] args) throws Exception {
        List<String> chosen = args.length == 0
                ? List.of("guard", "decode", "encode", "start", "read", "export", "partitions", "workspace")
                : List.of(args);
        PrintStream out = System.out;
        out.println("JDK " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors; compare ratios, not absolutes");
        if (chosen.contains("guard")) {
            GuardBenchmark.run(out);
        }
        if (chosen.contains("decode")) {
            DecodeBenchmark.run(out);
        }
        if (chosen.contains("encode")) {
            new EncodeBenchmark(out).run();
        }
        if (List.of("guard", "decode", "encode").containsAll(chosen)) {
            return;
        }
        WorkspaceSimulatorProvider local = ServiceLoader.load(WorkspaceSimulatorProvider.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no local workspace on the class path"));
        try (WorkspaceSimulator workspace = local.start(SimulatorSettings.inMemory())) {
            if (chosen.contains("start")) {
                StartBenchmark.run(out, workspace.connection());
            }
            if (chosen.contains("read")) {
                new ReadBenchmark(out, workspace.connection()).run();
            }
            if (chosen.contains("export")) {
                new ExportBenchmark(out, workspace.connection()).run();
            }
            if (chosen.contains("partitions")) {
                new ExportBenchmark(out, workspace.connection()).runPartitioned();
            }
            if (chosen.contains("memory")) {
                new ExportBenchmark(out, workspace.connection()).runLarge(Path.of("benchmarks/target/memory.svg"));
            }
            if (chosen.contains("tenants")) {
                new TenantBenchmark(out, workspace.connection()).run();
            }
            if (chosen.contains("workspace")) {
                new WorkspaceBenchmark(out, workspace.connection()).run(local);
            }
        }
    }
}
