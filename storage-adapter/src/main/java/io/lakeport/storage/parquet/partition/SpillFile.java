package io.lakeport.storage.parquet.partition;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.storage.parquet.page.ByteOut;
import io.lakeport.storage.refusal.FullDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Rows on this machine's disk while memory is short. Every piece is sealed by AES-GCM with a key that exists in this
 * object only, so that what a killed process leaves behind says nothing; the next writer in the directory deletes it.
 * Not thread-safe.
 */
final class SpillFile implements AutoCloseable {
    private static final String PREFIX = "lakeport-rows-";
    private static final String SUFFIX = ".spill";
    private static final int KEY_BITS = 128;
    private static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;
    private final Key key;
    private final Cipher cipher;
    private byte[] sealed = new byte[0];
    private long end;

    private SpillFile(Path path) throws IOException, GeneralSecurityException {
        KeyGenerator keys = KeyGenerator.getInstance("AES");
        keys.init(KEY_BITS);
        this.key = keys.generateKey();
        this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        // Held while this process lives: who gets the lock of another file knows that its process is gone.
        this.lock = channel.lock();
    }

    /** Makes an empty file, readable by this user only, and deletes those of processes that are gone. */
    static SpillFile in(Path directory) {
        try {
            Files.createDirectories(directory);
            deleteAbandoned(directory);
            return new SpillFile(Files.createTempFile(directory, PREFIX, SUFFIX));
        } catch (IOException | GeneralSecurityException e) {
            throw failed(directory, e);
        }
    }

    /** Deletes files in the directory whose process is gone. */
    static void deleteAbandoned(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                if (isAbandoned(file)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isAbandoned(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // Another writer of this process.
        } catch (IOException e) {
            return false; // Another user's, or deleted meanwhile.
        }
    }

    /** Writes bytes; {@code pieces} then knows where they are. */
    void write(ByteOut bytes, Pieces pieces) {
        try {
            int length = bytes.size() + TAG_BYTES;
            sealed = sealed.length < length ? new byte[length] : sealed;
            cipher.init(Cipher.ENCRYPT_MODE, key, nonce(end));
            int written = cipher.doFinal(bytes.array(), 0, bytes.size(), sealed, 0);
            pieces.add(end, written);
            ByteBuffer buffer = ByteBuffer.wrap(sealed, 0, written);
            while (buffer.hasRemaining()) {
                end += channel.write(buffer, end);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw failed(path, e);
        }
    }

    /** Appends the bytes of a piece to {@code target}. */
    void read(Pieces pieces, int piece, ByteOut target) {
        try {
            int length = pieces.length(piece);
            long offset = pieces.offset(piece);
            sealed = sealed.length < length ? new byte[length] : sealed;
            ByteBuffer buffer = ByteBuffer.wrap(sealed, 0, length);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw new IOException("the file became shorter");
                }
            }
            cipher.init(Cipher.DECRYPT_MODE, key, nonce(offset));
            byte[] plain = cipher.doFinal(sealed, 0, length);
            target.put(plain, 0, plain.length);
        } catch (IOException | GeneralSecurityException e) {
            throw failed(path, e);
        }
    }

    /** Offsets never repeat in a file, and a key never serves two files. */
    private static GCMParameterSpec nonce(long offset) {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(offset).array();
        return new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce);
    }

    private static LakeportException failed(Path where, Exception e) {
        return new LakeportException(
                e instanceof IOException refused ? FullDisk.errorOf(refused) : CoreError.TARGET_NOT_WRITABLE,
                "rows could not be kept in the scratch directory ('" + where + "': " + e.getMessage()
                        + "); check its free space and rights, or give the export more memory",
                e);
    }

    /** Deletes the file; idempotent. */
    @Override
    public void close() {
        try {
            lock.close();
            channel.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // What is left is unreadable, and the next writer in the directory deletes it.
            return;
        }
    }

    /** Where the pieces of one partition are. */
    static final class Pieces {
        private long[] offsets = new long[2];
        private int[] lengths = new int[2];
        private int count;

        private void add(long offset, int length) {
            if (count == offsets.length) {
                offsets = java.util.Arrays.copyOf(offsets, count * 2);
                lengths = java.util.Arrays.copyOf(lengths, count * 2);
            }
            offsets[count] = offset;
            lengths[count++] = length;
        }

        int count() {
            return count;
        }

        private long offset(int piece) {
            return offsets[piece];
        }

        private int length(int piece) {
            return lengths[piece];
        }
    }
}
