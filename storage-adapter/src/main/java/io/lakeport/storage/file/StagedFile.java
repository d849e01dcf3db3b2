package io.lakeport.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file under a hidden name. Its lock, which the system takes away from a process that dies, says that its writer
 * lives.
 */
class StagedFile {
    private final Path path;
    private final FileChannel channel;

    private StagedFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** For tests, which let some of its methods fail. */
    StagedFile(StagedFile other) {
        this(other.path, other.channel);
    }

    /** Creates the file; returns nothing when a sweeper of another process took it before it was locked. */
    static @Nullable StagedFile create(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            boolean locked = lock(channel);
            if (locked && Files.exists(path)) {
                return new StagedFile(path, channel);
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            Files.deleteIfExists(path);
            throw e;
        }
        channel.close();
        return null;
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            // No locks on this file system; sweepers then go by the file's age.
            return true;
        }
    }

    /** Removes a file of another process when that process no longer lives. */
    static void deleteIfOrphaned(Path path, boolean old) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            FileLock lock;
            try {
                lock = channel.tryLock();
            } catch (IOException e) {
                lock = null;
                if (old) {
                    Files.deleteIfExists(path);
                }
            }
            if (lock != null) {
                Files.deleteIfExists(path);
            }
        } catch (java.nio.file.NoSuchFileException e) {
            return;
        }
    }

    Path path() {
        return path;
    }

    void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            channel.write(source);
        }
    }

    void force() throws IOException {
        channel.force(true);
    }

    /** Closes the file, and removes its hidden name, which it no longer has when it was moved. */
    void close() throws IOException {
        try {
            channel.close();
        } finally {
            Files.deleteIfExists(path);
        }
    }
}
