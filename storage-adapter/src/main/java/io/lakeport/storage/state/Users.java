package io.lakeport.storage.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Which processes have a file open: each leaves a small file beside it, named for the process, and removes it at the
 * end. What dead processes left is removed by whoever looks next. Only messages depend on it.
 */
final class Users implements AutoCloseable {
    private final Path database;
    private final Path own;

    private Users(Path database, Path own) {
        this.database = database;
        this.own = own;
    }

    /** Says that this process has the database open. */
    static Users join(Path database) {
        ProcessHandle self = ProcessHandle.current();
        Path own = database.resolveSibling(prefix(database) + self.pid() + "-"
                + UUID.randomUUID().toString().substring(0, 8));
        Users users = new Users(database, own);
        try {
            OwnFiles.create(own);
            Files.writeString(own, started(self));
        } catch (IOException e) {
            // Then messages do not name this process; that is no reason to do without the database.
            return users;
        }
        return users;
    }

    private static String prefix(Path database) {
        return database.getFileName() + "-user-";
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    List<String> all() {
        return of(database);
    }

    /** Returns a line for each process that has the database open. */
    static List<String> of(Path database) {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(database.toAbsolutePath().getParent())) {
            String prefix = prefix(database);
            List<Path> marks = files.filter(
                            file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
            for (Path mark : marks) {
                line(mark, prefix).ifPresent(lines::add);
            }
        } catch (IOException e) {
            lines.add("processes that cannot be told (" + e.getClass().getSimpleName() + ")");
        }
        return lines;
    }

    private static Optional<String> line(Path mark, String prefix) throws IOException {
        String name = mark.getFileName().toString().substring(prefix.length());
        Optional<ProcessHandle> process = name.matches("[0-9]{1,10}-.*")
                ? ProcessHandle.of(Long.parseLong(name.substring(0, name.indexOf('-'))))
                : Optional.empty();
        String started = Files.readString(mark, StandardCharsets.UTF_8);
        boolean alive = process.isPresent()
                && (started.isEmpty() || started(process.get()).equals(started));
        if (!alive) {
            Files.deleteIfExists(mark);
            return Optional.empty();
        }
        String command = process.get()
                .info()
                .command()
                .map(path -> Path.of(path).getFileName().toString())
                .orElse("?");
        return Optional.of("process " + process.get().pid() + " (" + command + ", since " + started + ")");
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(own);
        } catch (IOException e) {
            // It is removed by whoever looks after this process has ended.
            own.toFile().deleteOnExit();
        }
    }
}
