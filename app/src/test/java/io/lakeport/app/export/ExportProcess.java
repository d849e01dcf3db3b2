package io.lakeport.app.export;

import io.lakeport.app.Lakeport;
import io.lakeport.app.TenantClient;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.sql.TableName;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An export in a process of its own. */
final class ExportProcess {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int FAILED = 3;

    /** How a process ended, and what it printed. */
    record End(int code, String output) {
        boolean failed() {
            return code == FAILED;
        }

        /** Returns the lines that tell of changes of the target. */
        List<String> changes() {
            return output.lines().filter(line -> line.startsWith("change ")).toList();
        }
    }

    private ExportProcess() {}

    /** Arguments: configuration, directory of plugins or nothing, table, target, format. */
    public static void main(String[] args) {
        Lakeport.Builder builder = Lakeport.builder().config(Path.of(args[0]));
        if (!args[1].isEmpty()) {
            builder.pluginDirectory(Path.of(args[1]));
        }
        try (Lakeport lakeport = builder.build()) {
            TenantClient tenant = lakeport.tenant("acme");
            tenant.export(request(args[2], URI.create(args[3]), args[4]), TIMEOUT, progress -> {});
        } catch (LakeportException e) {
            System.out.println(e.category() + " " + e.context().get("resumable") + " " + e.getMessage());
            System.out.flush();
            Runtime.getRuntime().halt(FAILED);
        }
    }

    static ExportRequest request(String table, URI target, String format) {
        return ExportRequest.builder(TableName.parse(table), target)
                .format(format)
                .build();
    }

    /** Runs it with these options of the JVM, behind a shell command that may limit it. */
    static End run(String limit, List<String> options, String... args) throws IOException, InterruptedException {
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        java.addAll(options);
        java.addAll(List.of("-cp", System.getProperty("java.class.path"), ExportProcess.class.getName()));
        java.addAll(Arrays.asList(args));
        List<String> command = new ArrayList<>(List.of("sh", "-c", limit + " exec \"$@\"", "sh"));
        command.addAll(java);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the process did not end: " + output);
        }
        return new End(process.exitValue(), output);
    }
}
