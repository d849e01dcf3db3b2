package io.lakeport.core.manifest;

import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads exported files again and compares them with what their manifests say. */
public final class FileProof {
    private static final int BLOCK = 1 << 20;

    private final ObjectStore store;
    private final Supplier<FileWitness> witnesses;

    /** Creates the proof of a target. */
    public FileProof(ObjectStore store) {
        this(store, FileWitness::blind);
    }

    /**
     * Creates the proof of a target with a witness for each file.
     *
     * @param witnesses makes one for each file
     */
    public FileProof(ObjectStore store, Supplier<FileWitness> witnesses) {
        this.store = store;
        this.witnesses = witnesses;
    }

    /**
     * Returns what is wrong, one line for each file; empty when every file is there with the size and SHA-256 that its
     * manifest names, and its witness has nothing against it.
     */
    public List<String> problems(List<ExportManifest> manifests) {
        List<String> problems = new ArrayList<>();
        for (ExportManifest manifest : manifests) {
            for (WrittenFile file : manifest.files()) {
                problemOf(file).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private Optional<String> problemOf(WrittenFile file) {
        ObjectInfo expected = file.object();
        Optional<ObjectInfo> found = store.stat(expected.key());
        if (found.isEmpty()) {
            return Optional.of(expected.key() + " is missing");
        }
        if (found.get().bytes() != expected.bytes()) {
            return Optional.of(expected.key() + " has " + found.get().bytes() + " bytes, expected " + expected.bytes());
        }
        FileWitness witness = witnesses.get();
        String sha256 = sha256(expected.key(), witness);
        return sha256.equals(expected.sha256())
                ? witness.problem(file).map(text -> expected.key() + " " + text)
                : Optional.of(expected.key() + " has SHA-256 " + sha256 + ", expected " + expected.sha256());
    }

    private String sha256(ObjectKey key, FileWitness witness) {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        try (ReadableByteChannel channel = store.read(key)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            while (channel.read(block) >= 0) {
                digest.update(block.flip());
                witness.update(block.rewind());
                block.clear();
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IOException e) {
            return "unreadable (" + e.getMessage() + ")";
        }
    }
}
