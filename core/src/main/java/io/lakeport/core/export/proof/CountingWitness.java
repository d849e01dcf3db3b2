package io.lakeport.core.export.proof;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.format.RowCounter;
import io.lakeport.core.manifest.FileWitness;
import io.lakeport.core.manifest.WrittenFile;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Compares the rows that a file tells of itself with those that its manifest tells of it. */
final class CountingWitness implements FileWitness {
    private final RowCounter counter;

    CountingWitness(RowCounter counter) {
        this.counter = counter;
    }

    @Override
    public void update(ByteBuffer bytes) {
        counter.update(bytes);
    }

    @Override
    public Optional<String> problem(WrittenFile file) {
        try {
            long rows = counter.rows();
            return rows == file.rows()
                    ? Optional.empty()
                    : Optional.of("holds " + rows + " rows, expected " + file.rows());
        } catch (LakeportException e) {
            return Optional.of("cannot be counted: " + e.getMessage());
        }
    }
}
