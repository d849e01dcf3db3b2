package io.lakeport.localworkspace.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The request log as a file: one line for each request, rotated at 10 MB, three old files kept. A disk that is full
 * ends the file, not the workspace. Called by the log, one request at a time.
 */
public final class RequestLogFile implements AutoCloseable {
    private static final int OLD_FILES = 3;

    private final Path file;
    private final long limit;
    private Writer writer;
    private long size;
    private boolean ended;

    private RequestLogFile(Path file, long limit) throws IOException {
        this.file = file;
        this.limit = limit;
        this.size = Files.exists(file) ? Files.size(file) : 0;
        this.writer = open();
    }

    /** Writes each further request of a log to a file, 10 MB at most. */
    public static RequestLogFile follow(RequestLog log, Path file) {
        return follow(log, file, 10_000_000);
    }

    static RequestLogFile follow(RequestLog log, Path file, long limit) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            RequestLogFile follower = new RequestLogFile(file, limit);
            log.follow(follower::write);
            return follower;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the request log to " + file, e);
        }
    }

    private Writer open() throws IOException {
        return Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private synchronized void write(LoggedRequest request) {
        if (ended) {
            return;
        }
        try {
            String line = request.line() + "\n";
            size += line.length();
            if (size > limit) {
                rotate();
                size = line.length();
            }
            writer.write(line);
            writer.flush();
        } catch (IOException e) {
            ended = true;
        }
    }

    private void rotate() throws IOException {
        writer.close();
        for (int i = OLD_FILES; i > 0; i--) {
            Path from = i == 1 ? file : old(i - 1);
            if (Files.exists(from)) {
                Files.move(from, old(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        writer = open();
    }

    private Path old(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public synchronized void close() throws IOException {
        ended = true;
        writer.close();
    }
}
