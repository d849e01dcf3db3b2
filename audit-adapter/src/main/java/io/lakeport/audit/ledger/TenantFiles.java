package io.lakeport.audit.ledger;

import io.lakeport.core.audit.LedgerEntry;
import io.lakeport.core.tenant.TenantId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one tenant: {@code acme.jsonl}, which grows, and {@code acme.000001.jsonl} and on, which are full. A
 * lock file keeps two processes that write the same ledger, such as a service and a command line, from mixing lines.
 */
final class TenantFiles {
    private static final Logger LOG = LoggerFactory.getLogger(TenantFiles.class);

    private final Path directory;
    private final TenantId tenant;
    private final long rotateAt;
    private final Path active;

    TenantFiles(Path directory, TenantId tenant, long rotateAt) {
        this.directory = directory;
        this.tenant = tenant;
        this.rotateAt = rotateAt;
        this.active = directory.resolve(tenant + ".jsonl");
    }

    /** Appends a line with one write and forces it to the disk. The caller holds the tenant's monitor. */
    void append(byte[] line) throws IOException {
        Path lockFile = directory.resolve(tenant + ".lock");
        try (FileChannel lockChannel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lockChannel.lock()) {
            if (lock.isValid() && Files.exists(active) && Files.size(active) + line.length > rotateAt) {
                rotate();
            }
            write(line);
        }
    }

    private void write(byte[] line) throws IOException {
        try (FileChannel channel = FileChannel.open(
                active, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = endOfLastLine(channel);
            if (end < channel.size()) {
                LOG.warn("The ledger {} ended in an unfinished line, which was removed", active);
                channel.truncate(end);
            }
            channel.position(end);
            try {
                writeWhole(channel, line);
            } catch (IOException e) {
                // A full disk may have taken a part of the line.
                channel.truncate(end);
                throw e;
            }
            channel.force(false);
        }
    }

    private static void writeWhole(FileChannel channel, byte[] line) throws IOException {
        int written = channel.write(ByteBuffer.wrap(line));
        if (written < line.length) {
            throw new IOException("only " + written + " of " + line.length + " bytes were written");
        }
    }

    private static long endOfLastLine(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long end = channel.size(); end > 0; end--) {
            one.clear();
            if (channel.read(one, end - 1) == 1 && one.get(0) == '\n') {
                return end;
            }
        }
        return 0;
    }

    private void rotate() throws IOException {
        List<Path> full = full();
        long last = full.isEmpty() ? 0 : number(full.get(0));
        Files.move(active, directory.resolve(String.format("%s.%06d.jsonl", tenant, last + 1)));
    }

    /** Returns full files, newest first. */
    private List<Path> full() throws IOException {
        List<Path> full = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.getFileName().toString().matches(tenant + "\\.\\d{6,18}\\.jsonl"))
                    .forEach(full::add);
        }
        full.sort((a, b) -> Long.compare(number(b), number(a)));
        return full;
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        int dot = name.indexOf('.');
        return Long.parseLong(name.substring(dot + 1, name.indexOf('.', dot + 1)));
    }

    /** Removes entries of statements that began before a time. The caller holds the tenant's monitor. */
    long remove(Instant before) throws IOException {
        Path lockFile = directory.resolve(tenant + ".lock");
        long removed = 0;
        try (FileChannel lockChannel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lockChannel.lock()) {
            List<Path> files = lock.isValid() ? new ArrayList<>(full()) : new ArrayList<>();
            files.add(active);
            for (Path file : files) {
                removed += Files.exists(file) ? remove(file, before) : 0;
            }
        }
        if (before.equals(Instant.MAX)) {
            Files.deleteIfExists(lockFile);
        }
        return removed;
    }

    /** Writes a file anew without what is to go, and puts it in the other's place at once. */
    private static long remove(Path file, Instant before) throws IOException {
        List<LedgerEntry> entries = new ArrayList<>();
        read(file, Integer.MAX_VALUE, entries);
        List<LedgerEntry> kept = entries.stream()
                .filter(entry -> !entry.startedAt().isBefore(before))
                .toList();
        if (kept.isEmpty()) {
            Files.delete(file);
        } else if (kept.size() < entries.size()) {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                for (int i = kept.size() - 1; i >= 0; i--) {
                    writeWhole(channel, EntryJson.line(kept.get(i)));
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return entries.size() - (long) kept.size();
    }

    List<LedgerEntry> newest(int limit) throws IOException {
        List<LedgerEntry> entries = new ArrayList<>(Math.min(limit, 1_000));
        read(active, limit, entries);
        for (Path file : entries.size() < limit ? full() : Collections.<Path>emptyList()) {
            if (entries.size() >= limit) {
                break;
            }
            read(file, limit, entries);
        }
        return entries;
    }

    private static void read(Path file, int limit, List<LedgerEntry> into) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            BackwardLines lines = new BackwardLines(channel);
            Optional<byte[]> line = Optional.empty();
            int damaged = 0;
            while (into.size() < limit && (line = lines.next()).isPresent()) {
                Optional<LedgerEntry> entry = EntryJson.parse(line.get());
                entry.ifPresent(into::add);
                damaged += entry.isEmpty() ? 1 : 0;
            }
            if (damaged > 0) {
                LOG.warn("The ledger {} has {} lines that are no entries; they were left out", file, damaged);
            }
        } catch (NoSuchFileException e) {
            // Nothing was recorded yet, or another process has just rotated it away.
            LOG.debug("no ledger at {}", file);
        }
    }
}
