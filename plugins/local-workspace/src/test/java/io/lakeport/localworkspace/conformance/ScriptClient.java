package io.lakeport.localworkspace.conformance;

import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Programs of other languages, kept in {@code src/test/clients}, with what they need installed below
 * {@code target/clients}. They get the workspace's address and credentials in their environment.
 */
final class ScriptClient {
    private static final int MINUTES = 10;
    private static final Path MODULE =
            Path.of(System.getProperty("lakeport.module", "")).toAbsolutePath();
    private static final Path SOURCES = MODULE.resolve("src/test/clients");
    private static final Path INSTALLED = MODULE.resolve("target/clients");

    private ScriptClient() {}

    /**
     * What a program wrote.
     *
     * @param exitCode 0 after success
     * @param output its standard output, line by line
     * @param errors the end of its standard error
     */
    record Outcome(int exitCode, List<String> output, String errors) {}

    /** Returns the command of a Python program in a virtual environment of its own, made when it is missing. */
    static List<String> python(String environment, String program, String... arguments) throws IOException {
        Path home = INSTALLED.resolve(environment);
        Path requirements = SOURCES.resolve(environment).resolve("requirements.txt");
        Path installed = home.resolve("installed.txt");
        if (!Files.exists(installed) || Files.mismatch(requirements, installed) >= 0) {
            require(run(Map.of(), List.of("python3", "-m", "venv", home.toString())));
            String pip = home.resolve("bin/pip").toString();
            require(run(Map.of(), List.of(pip, "install", "-q", "-r", requirements.toString())));
            Files.copy(requirements, installed, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>();
        Path script = SOURCES.resolve(environment).resolve(program);
        if (Files.exists(script)) {
            command.addAll(List.of(home.resolve("bin/python").toString(), "-W", "ignore", script.toString()));
        } else {
            command.add(home.resolve("bin").resolve(program).toString());
        }
        command.addAll(List.of(arguments));
        return command;
    }

    /** Returns the command of a Node.js program; its packages are installed when they are missing. */
    static List<String> node(String program, String... arguments) throws IOException {
        Path home = INSTALLED.resolve("node");
        Path wanted = SOURCES.resolve("node/package.json");
        Path installed = home.resolve("package.json");
        Files.createDirectories(home);
        if (!Files.exists(home.resolve("node_modules")) || Files.mismatch(wanted, installed) >= 0) {
            Files.copy(wanted, installed, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            require(run(
                    Map.of(),
                    List.of("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", home.toString())));
        }
        List<String> command = new ArrayList<>(
                List.of("node", SOURCES.resolve("node").resolve(program).toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void require(Outcome outcome) {
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException("the client could not be installed: " + outcome.errors());
        }
    }

    /** Returns the environment in which a program finds the workspace. */
    static Map<String, String> environment(LocalWorkspace workspace) throws IOException {
        SimulatorConnection c = workspace.connection();
        Path certificate = INSTALLED.resolve("workspace.pem");
        Files.createDirectories(INSTALLED);
        Files.writeString(certificate, pem(workspace));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("LAKEPORT_HTTP_URL", c.httpUrl().toString());
        environment.put("LAKEPORT_HTTPS_URL", c.httpsUrl().toString());
        environment.put("LAKEPORT_HTTPS_PORT", String.valueOf(c.httpsUrl().getPort()));
        environment.put("LAKEPORT_PROXY_PORT", String.valueOf(c.proxyPort()));
        environment.put("LAKEPORT_HTTP_PATH", c.httpPath());
        environment.put("LAKEPORT_CLIENT_ID", c.clientId());
        environment.put("LAKEPORT_CLIENT_SECRET", c.clientSecret().reveal());
        environment.put("LAKEPORT_TOKEN", c.token().reveal());
        environment.put("LAKEPORT_NODE_MODULES", INSTALLED.resolve("node").toString());
        environment.put("NODE_EXTRA_CA_CERTS", certificate.toString());
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("PYTHONWARNINGS", "ignore");
        environment.put("DBT_PROFILES_DIR", SOURCES.resolve("dbt").toString());
        environment.put("DBT_PROJECT_DIR", SOURCES.resolve("dbt").toString());
        environment.put("DBT_TARGET_PATH", INSTALLED.resolve("dbt-target").toString());
        environment.put("DBT_LOG_PATH", INSTALLED.resolve("dbt-logs").toString());
        environment.put("DBT_SEND_ANONYMOUS_USAGE_STATS", "false");
        return environment;
    }

    private static String pem(LocalWorkspace workspace) {
        try {
            byte[] der = workspace.tls().certificate().getEncoded();
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                    + "\n-----END CERTIFICATE-----\n";
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was made here can be written", e);
        }
    }

    /** Runs a program to its end. */
    static Outcome run(Map<String, String> environment, List<String> command) throws IOException {
        Files.createDirectories(INSTALLED);
        Path out = Files.createTempFile(INSTALLED, "out", ".txt");
        Path errors = Files.createTempFile(INSTALLED, "err", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(INSTALLED.toFile());
            builder.environment().putAll(environment);
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(command.get(0) + " did not end within " + MINUTES + " minutes");
            }
            String said = Files.readString(errors);
            return new Outcome(
                    process.exitValue(), Files.readAllLines(out), said.substring(Math.max(0, said.length() - 2000)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command.get(0) + " ran", e);
        } finally {
            Files.delete(out);
            Files.delete(errors);
        }
    }
}
