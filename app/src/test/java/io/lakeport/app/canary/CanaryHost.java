package io.lakeport.app.canary;

import io.lakeport.app.Lakeport;
import io.lakeport.app.cli.Cli;
import io.lakeport.app.config.ConfigFile;
import io.lakeport.app.config.SecretFile;
import io.lakeport.core.auth.user.UserId;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.rotation.RotationPolicy;
import io.lakeport.core.rotation.RotationRequest;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.tenant.TenantId;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

/**
 * A host in a process of its own that does everything with secrets, well and badly, and keeps whatever anybody could see
 * of it. Argument: its folder, with {@code lakeport.json} and the files that the configuration names.
 */
final class CanaryHost {
    /** Held here, because the JDK forgets the level of a logger that nobody holds. */
    private static final Logger DATABRICKS = Logger.getLogger("com.databricks");

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Path folder;
    private final Path out;
    private final PrintWriter failures;
    private final List<Handler> logs;
    private final StringBuilder done = new StringBuilder();

    private CanaryHost(Path folder) throws IOException {
        this.folder = folder;
        this.out = Files.createDirectories(folder.resolve("out"));
        this.logs = logs();
        this.failures = new PrintWriter(Files.newBufferedWriter(out.resolve("exceptions.txt")));
    }

    public static void main(String[] args) throws Exception {
        new CanaryHost(Path.of(args[0])).run();
    }

    private void run() throws Exception {
        logEverything(logs);
        cli("vault", "seal", "-t", "sealed", "databricks/client-secret", "--from", file("sealed.secret"));
        work();
        for (String tenant : List.of("sealed", "wrong")) {
            cli("-vv", "--stacktrace", "query", "-t", tenant, "SELECT 1");
            cli("-vv", "--stacktrace", "doctor", "-t", tenant, "--json");
        }
        cli("-vv", "vault", "list", "-t", "sealed");
        cli("-vv", "vault", "receipts", "-t", "sealed");
        cli("-vv", "secrets", "status", "--check");
        cli("-vv", "config", "show");
        failures.close();
        Files.writeString(out.resolve("done.txt"), done);
        dump("heap-closed");
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /** Three logs: what Lakeport says at any level, what libraries say in earnest, and what they say to debuggers. */
    private List<Handler> logs() throws IOException {
        return List.of(
                log("log-lakeport.txt", line -> isOwn(line)),
                log("log-libraries.txt", line -> !isOwn(line) && isEarnest(line)),
                log("log-libraries-debug.txt", line -> !isOwn(line) && !isEarnest(line)));
    }

    private static boolean isOwn(LogRecord line) {
        return String.valueOf(line.getLoggerName()).startsWith("io.lakeport");
    }

    private static boolean isEarnest(LogRecord line) {
        return line.getLevel().intValue() >= Level.INFO.intValue();
    }

    private Handler log(String name, java.util.logging.Filter filter) throws IOException {
        Handler handler = new FileHandler(out.resolve(name).toString(), 0, 1, true);
        handler.setFormatter(new SimpleFormatter() {
            @Override
            public String format(LogRecord line) {
                return line.getLoggerName() + " " + super.format(line);
            }
        });
        handler.setFilter(filter);
        return handler;
    }

    /** Also after a command, which sets levels of its own. */
    private static void logEverything(List<Handler> handlers) {
        Logger root = Logger.getLogger("");
        for (Handler handler : handlers) {
            handler.setLevel(Level.ALL);
            root.removeHandler(handler);
            root.addHandler(handler);
        }
        root.setLevel(Level.ALL);
        Logger.getLogger("io.lakeport").setLevel(Level.ALL);
        DATABRICKS.setLevel(Level.ALL);
    }

    private void cli(String... command) throws IOException {
        try (PrintStream print = new PrintStream(
                Files.newOutputStream(
                        out.resolve("cli.txt"),
                        java.nio.file.StandardOpenOption.CREATE,
                        java.nio.file.StandardOpenOption.APPEND),
                true,
                StandardCharsets.UTF_8)) {
            print.println("$ lakeport " + String.join(" ", command));
            int code = new Cli(print, print)
                    .run(Stream.concat(Stream.of(command), Stream.of("-c", file("lakeport.json")))
                            .toArray(String[]::new));
            print.println("exit code " + code);
        }
        logEverything(logs);
    }

    private void work() throws Exception {
        try (Lakeport lakeport = Lakeport.builder()
                .config(ConfigFile.load(folder.resolve("lakeport.json")))
                .build()) {
            lakeport.users()
                    .enter(
                            TenantId.of("people"),
                            UserId.of("jane"),
                            Map.of(),
                            Map.of("token", SecretFile.read(folder.resolve("user.secret"))));
            for (TenantId tenant : lakeport.tenants().ids()) {
                everything(lakeport, tenant.value());
            }
            attempt("user", () -> query(lakeport.tenant("people").asUser("jane")));
            attempt(
                    "rotate",
                    () -> lakeport.secrets()
                            .rotate(
                                    "sealed",
                                    Optional.of("token"),
                                    RotationPolicy.standard()
                                            .withOverlap(Duration.ZERO)
                                            .withAdopt(true),
                                    RotationRequest.atOnce(),
                                    TIMEOUT));
            attempt(
                    "rotate by one who may not",
                    () -> lakeport.secrets()
                            .rotate(
                                    "sealed",
                                    Optional.of("literal"),
                                    RotationPolicy.standard(),
                                    RotationRequest.atOnce(),
                                    TIMEOUT));
            attempt("status", () -> lakeport.secrets().status(Duration.ofDays(30), true));
            attempt("again", () -> query(lakeport.tenant("sealed")));
            try (Writer texts = Files.newBufferedWriter(out.resolve("tostring.txt"))) {
                var types = new Walk().from(lakeport, text -> append(texts, text));
                done.append(types.size()).append(" types of Lakeport were asked for their text\n");
            }
            dump("heap-idle");
        }
    }

    private void everything(Lakeport lakeport, String tenant) {
        attempt(tenant + " signs in", () -> lakeport.tenant(tenant).signIn(TIMEOUT));
        attempt(tenant + " is checked", () -> lakeport.tenant(tenant).checkSignIn(TIMEOUT));
        attempt(tenant + " queries", () -> query(lakeport.tenant(tenant)));
        attempt(
                tenant + " queries badly",
                () -> lakeport.tenant(tenant)
                        .query("SELECT nothing FROM nowhere")
                        .rows()
                        .close());
        attempt(
                tenant + " sees the doctor",
                () -> append(
                        new java.io.StringWriter(),
                        lakeport.tenant(tenant).doctor(TIMEOUT).toString()));
        if (!tenant.equals("sealed") && !tenant.equals("token")) {
            return;
        }
        for (String target : List.of(
                folder.resolve("lake").toUri() + "/", "s3://canary/", "abfss://c@canary.dfs.core.windows.net/")) {
            attempt(
                    tenant + " exports to " + URI.create(target).getScheme(),
                    () -> lakeport.tenant(tenant)
                            .export(
                                    ExportRequest.builder(
                                                    TableName.parse("samples.faa.birdstrikes"),
                                                    URI.create(target + tenant + "/"))
                                            .build(),
                                    TIMEOUT,
                                    progress -> {}));
        }
    }

    private static Object query(io.lakeport.app.TenantClient tenant) {
        try (RowCursor rows = tenant.query("SELECT 1").rows()) {
            return rows.next();
        }
    }

    private interface Work {
        Object run() throws Exception;
    }

    private void attempt(String what, Runnable work) {
        attempt(what, () -> {
            work.run();
            return "";
        });
    }

    private void attempt(String what, Work work) {
        try {
            Object unused = work.run();
            done.append(what).append(": done\n");
        } catch (Exception e) {
            done.append(what).append(": ").append(e.getClass().getSimpleName()).append('\n');
            failures.println(what);
            e.printStackTrace(failures);
        }
    }

    private static Object append(Writer texts, String text) {
        try {
            texts.write(text + "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return texts;
    }

    /** Of objects that something refers to, after a collection. */
    private void dump(String name) throws IOException, InterruptedException {
        System.gc();
        Thread.sleep(1000);
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(ProcessHandle.current().pid()),
                        "GC.heap_dump",
                        out.resolve(name + ".hprof").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        tool.waitFor();
    }
}
