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

    private ChunkBody(byte[] bytes, Optional<Path> file, long length) {
        this.bytes = bytes;
        this.file = file;
        this.length = length;
    }

    static ChunkBody of(byte[] bytes) {
        return new ChunkBody(bytes, Optional.empty(), bytes.length);
    }

    static ChunkBody of(Path file, long length) {
        return new ChunkBody(new byte[0], Optional.of(file), length);
    }

    Optional<Path> file() {
        return file;
    }

    long length() {
        return length;
    }

    /** Returns all bytes. */
    byte[] read() throws IOException {
        return file.isPresent() ? Files.readAllBytes(file.get()) : bytes;
    }
}
