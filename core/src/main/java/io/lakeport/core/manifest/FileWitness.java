package io.lakeport.core.manifest;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Looks at the bytes of one file while they are read for its checksum. Not thread-safe. */
public interface FileWitness {
    /** Takes the next bytes of the file, all of them. */
    void update(ByteBuffer bytes);

    /** Returns what speaks against the file, once all bytes were taken; empty when nothing does. */
    Optional<String> problem(WrittenFile file);

    /** Returns a witness that sees nothing. */
    static FileWitness blind() {
        return new FileWitness() {
            @Override
            public void update(ByteBuffer bytes) {
                bytes.position(bytes.limit());
            }

            @Override
            public Optional<String> problem(WrittenFile file) {
                return Optional.empty();
            }
        };
    }
}
