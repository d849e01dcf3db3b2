package io.lakeport.benchmarks;

import io.lakeport.app.Lakeport;
import io.lakeport.app.TenantClient;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.tenant.Tenant;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a host does with the table, in a JVM of its own: reads it to nowhere, or exports it. Arguments: base URL,
 * warehouse id, port of the S3 server, runs, then {@code download}; or {@code export} with a target and partition columns
 * (may be empty); or {@code upload} with a target, a folder of exported files and their rows.
 */
public final class ExportProcess {
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private ExportProcess() {}

    /** Runs it; prints {@code rows nanos fileBytes files rssBytes busyPercent} of the best run. */
    public static void main(String[] args) throws Exception {
        Tenant bare =
                Workbench.tenant(args[0], args[1], IdentitySettings.pat(Secret.of(System.getenv(ReaderProcess.TOKEN))));
        LakeportConfig config = LakeportConfig.of(bare)
                .withStore("s3", ObjectServer.settings(Integer.parseInt(args[2])))
                .withObjectPrefix("bench", URI.create("s3://" + ObjectServer.BUCKET + "/"))
                .withObjectPrefix("bench", URI.create("file:///"));
        long best = Long.MAX_VALUE;
        long busy = -1;
        String result = "";
        for (int run = 0; run < Integer.parseInt(args[3]); run++) {
            try (Lakeport lakeport = Lakeport.builder().config(config).build()) {
                MachineTime machine = MachineTime.now();
                long start = System.nanoTime();
                String done = work(lakeport.tenant("bench"), args, run);
                long nanos = System.nanoTime() - start;
                if (nanos < best) {
                    best = nanos;
                    busy = MachineTime.now().percentSince(machine);
                    result = done;
                }
            }
        }
        String[] parts = result.split(" ");
        System.out.println(
                parts[0] + " " + best + " " + parts[1] + " " + parts[2] + " " + ReaderProcess.peakRss() + " " + busy);
        System.exit(0);
    }

    private static String work(TenantClient tenant, String[] args, int run) throws IOException {
        return switch (args[4]) {
            case "download" -> download(tenant);
            case "export" -> export(tenant, URI.create(args[5] + run + "/"), args[6]);
            case "upload" ->
                args[7] + " "
                        + UploadStage.upload(
                                Path.of(args[6]), URI.create(args[5] + run + "/"), Integer.parseInt(args[2]));
            default -> throw new IllegalArgumentException("no work named '" + args[4] + "'");
        };
    }

    private static String download(TenantClient tenant) {
        long rows = 0;
        try (ResultStream stream = tenant.query(BenchTable.readSql()).timeout(TIMEOUT).stream()) {
            for (Optional<ResultChunk> next = stream.next(); next.isPresent(); next = stream.next()) {
                try (ResultChunk chunk = next.get()) {
                    rows += chunk.rowCount();
                }
            }
        }
        return rows + " 0 0";
    }

    private static String export(TenantClient tenant, URI target, String partitionBy) {
        ExportRequest request = ExportRequest.builder(TableName.parse(BenchTable.NAME), target)
                .partitionBy(partitionBy.isEmpty() ? List.of() : List.of(partitionBy.split(",")))
                .build();
        ExportManifest manifest =
                tenant.export(request, TIMEOUT, progress -> {}).orElseThrow();
        return manifest.rows() + " " + manifest.bytes() + " " + manifest.files().size();
    }
}
