package io.lakeport.storage.state;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A real PostgreSQL server, with flushes on, as they are in production. It refuses to run as root: then its starter
 * puts it into a user namespace of its own, where it is someone else.
 */
final class LocalPostgres implements AutoCloseable {
    private final Path data;
    private EmbeddedPostgres server;

    private LocalPostgres(Path data, int port) throws IOException {
        this.data = data;
        this.server = start(data, port);
    }

    static LocalPostgres start(Path folder) throws IOException {
        return new LocalPostgres(folder.resolve("pg"), 0);
    }

    private static EmbeddedPostgres start(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "40")
                .start();
    }

    int port() {
        return server.getPort();
    }

    /** Kills the server and all its processes, as a power cut of the machine would end them. */
    void kill() throws IOException {
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        List<ProcessHandle> all = ProcessHandle.of(postmaster).stream()
                .flatMap(ProcessHandle::descendants)
                .toList();
        ProcessHandle.of(postmaster).ifPresent(ProcessHandle::destroyForcibly);
        all.forEach(ProcessHandle::destroyForcibly);
        ProcessHandle.of(postmaster).ifPresent(handle -> handle.onExit().join());
        all.forEach(handle -> handle.onExit().join());
    }

    /** Starts the server on the same data and port. */
    void startAgain() throws IOException {
        int before = server.getPort();
        // It has nothing to stop, but holds the lock of the folder.
        server.close();
        server = start(data, before);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
