package io.lakeport.app.running;

import io.lakeport.core.query.RunningStatement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** The running statements of one process, in a file that grows and is written anew now and then. Not thread-safe. */
final class RunningFile {
    private static final long LARGEST = 1 << 20;

    private final Path path;
    private final Map<String, RunningStatement> running = new LinkedHashMap<>();

    RunningFile(Path path) {
        this.path = path;
    }

    void begin(RunningStatement statement) throws IOException {
        append(RunningLine.begin(statement), true);
        running.put(statement.tag(), statement);
    }

    /** What is forgotten without reaching the disk is only looked up once more. */
    void end(String tag) throws IOException {
        if (running.remove(tag) == null) {
            return;
        }
        if (running.isEmpty()) {
            Files.deleteIfExists(path);
            return;
        }
        append(RunningLine.end(tag), false);
        if (Files.size(path) > LARGEST) {
            writeAnew();
        }
    }

    private void append(byte[] line, boolean durable) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            write(channel, line, durable);
        }
    }

    private static void write(FileChannel channel, byte[] bytes, boolean durable) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        if (durable) {
            channel.force(false);
        }
    }

    private void writeAnew() throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        running.values().forEach(statement -> lines.writeBytes(RunningLine.begin(statement)));
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            write(channel, lines.toByteArray(), true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Reads the statements that a file says may run. */
    static Map<String, RunningStatement> read(Path path) throws IOException {
        Map<String, RunningStatement> running = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(path)) {
                RunningLine.apply(line, running);
            }
        } catch (NoSuchFileException e) {
            // Its owner has just ended its last statement.
            return Map.of();
        }
        return running;
    }
}
