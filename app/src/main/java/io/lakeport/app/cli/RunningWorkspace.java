package io.lakeport.app.cli;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorConnection;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * A workspace that a {@code lakeport workspace start} serves, as its state file tells the other commands. The file has
 * the workspace's credentials, so that only its owner may read it.
 *
 * @param pid the process that serves it
 * @param started when that process began: a process number alone is given again
 * @param connection where it listens and what signs in to it
 */
record RunningWorkspace(long pid, Instant started, SimulatorConnection connection) {
    private static final String FILE = "running-workspace.properties";

    /** Returns where the state file of a workspace is: in its data directory, or in the user's home without one. */
    static Path file(Optional<Path> data) {
        return data.orElseGet(() -> Path.of(System.getProperty("user.home"), ".lakeport"))
                .toAbsolutePath()
                .normalize()
                .resolve(FILE);
    }

    /** Describes the workspace that this process serves. */
    static RunningWorkspace here(SimulatorConnection connection) {
        ProcessHandle self = ProcessHandle.current();
        return new RunningWorkspace(self.pid(), startOf(self), connection);
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    /**
     * Returns the workspace that a state file names, if its process still runs. The file of one that does not, because
     * it was killed, is stale, and is removed.
     */
    static Optional<RunningWorkspace> find(Path file) {
        Optional<RunningWorkspace> found = read(file);
        if (found.isPresent() && found.get().process().isEmpty()) {
            remove(file);
            return Optional.empty();
        }
        return found;
    }

    private static Optional<RunningWorkspace> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties p = new Properties();
        try {
            p.load(new StringReader(Files.readString(file)));
            return Optional.of(new RunningWorkspace(
                    Long.parseLong(text(p, "pid")),
                    Instant.parse(text(p, "started")),
                    new SimulatorConnection(
                            text(p, "host"),
                            Integer.parseInt(text(p, "port")),
                            URI.create(text(p, "http_url")),
                            URI.create(text(p, "https_url")),
                            Integer.parseInt(text(p, "proxy_port")),
                            text(p, "client_id"),
                            Secret.of(text(p, "client_secret")),
                            Secret.of(text(p, "token")),
                            text(p, "warehouse_id"),
                            text(p, "catalog"),
                            text(p, "schema"))));
        } catch (IOException | RuntimeException e) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    file + " does not describe a running workspace; if none runs, remove it and start one.",
                    null);
        }
    }

    private static String text(Properties p, String key) {
        return java.util.Objects.requireNonNull(p.getProperty(key), key);
    }

    /** Returns the process, empty when it has ended, even if another one got its number. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(process -> process.isAlive() && startOf(process).equals(started));
    }

    /** Writes the state file, whole or not at all. */
    void write(Path file) {
        Properties p = new Properties();
        p.setProperty("pid", String.valueOf(pid));
        p.setProperty("started", started.toString());
        p.setProperty("host", connection.host());
        p.setProperty("port", String.valueOf(connection.port()));
        p.setProperty("http_url", connection.httpUrl().toString());
        p.setProperty("https_url", connection.httpsUrl().toString());
        p.setProperty("proxy_port", String.valueOf(connection.proxyPort()));
        p.setProperty("client_id", connection.clientId());
        p.setProperty("client_secret", connection.clientSecret().reveal());
        p.setProperty("token", connection.token().reveal());
        p.setProperty("warehouse_id", connection.warehouseId());
        p.setProperty("catalog", connection.catalog());
        p.setProperty("schema", connection.schema());
        try {
            Path directory = java.util.Objects.requireNonNull(file.getParent());
            Files.createDirectories(directory);
            Path next = Files.createTempFile(directory, FILE, ".next", ownerOnly());
            StringWriter text = new StringWriter();
            p.store(text, "A running workspace of Lakeport; holds its credentials");
            Files.writeString(next, text.toString());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_WRITABLE,
                    "Cannot write " + file + " (" + e.getMessage()
                            + "), by which 'lakeport workspace stop' would find the"
                            + " workspace; make its directory writable or choose another by --data.",
                    e);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_WRITABLE, "Cannot remove " + file + ", which is stale; remove it.", e);
        }
    }
}
