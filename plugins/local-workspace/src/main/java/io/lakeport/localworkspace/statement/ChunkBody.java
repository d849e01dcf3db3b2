package io.lakeport.localworkspace.statement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The encoded bytes of a chunk: small ones in memory, others in a file. Immutable. */
final class ChunkBody {
    private final byte[] bytes;
    private final Optional<Path> file;
    private final long length;
    private final int crc32c;

    private ChunkBody(byte[] bytes, Optional<Path> file, long length, int crc32c) {
        this.crc32c = crc32c;
        this.bytes = bytes;
        this.file = file;
        this.length = length;
    }

    static ChunkBody of(byte[] bytes, int crc32c) {
        return new ChunkBody(bytes, Optional.empty(), bytes.length, crc32c);
    }

    static ChunkBody of(Path file, long length, int crc32c) {
        return new ChunkBody(new byte[0], Optional.of(file), length, crc32c);
    }

    Optional<Path> file() {
        return file;
    }

    long length() {
        return length;
    }

    /** Returns the CRC-32C of all bytes. */
    int crc32c() {
        return crc32c;
    }

    /** Returns all bytes. */
    byte[] read() throws IOException {
        return file.isPresent() ? Files.readAllBytes(file.get()) : bytes;
    }
}
