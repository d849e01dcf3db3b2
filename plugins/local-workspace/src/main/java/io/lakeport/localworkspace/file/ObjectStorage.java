package io.lakeport.localworkspace.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A bucket or container of an object store, whose directories are nothing but parts of names. */
final class ObjectStorage implements Storage {
    private final Objects objects;
    private final Path scratch;

    ObjectStorage(Objects objects, Path scratch) {
        this.objects = objects;
        this.scratch = scratch;
    }

    /** What an object store can do. */
    interface Objects {
        /** Returns an object by its whole key; its name is its key. */
        Optional<Stored> find(String key) throws IOException;

        /**
         * Returns what begins with a prefix.
         *
         * @param deep whether keys with further slashes are given, too, or only where they begin
         */
        List<Stored> list(String prefix, boolean deep) throws IOException;

        /** Opens part of an object. */
        InputStream read(String key, long offset, long length) throws IOException;

        /** Writes an object; fails with FileAlreadyExistsException when one is there and is to stay. */
        void write(String key, Path content, boolean overwrite) throws IOException;

        /** Copies an object within the bucket. */
        void copy(String from, String to) throws IOException;

        /** Deletes an object. */
        void delete(String key) throws IOException;

        /** Returns a name of the bucket that no other one has. */
        String identity();
    }

    /**
     * An object.
     *
     * @param key its key; with a slash at the end where keys go on
     * @param version changes with its content
     */
    record Stored(String key, FileEntry entry, String version) {}

    private static String prefix(String key) {
        return key.isEmpty() ? "" : key + "/";
    }

    private static FileEntry directory(String key) {
        return new FileEntry(name(key), true, 0, java.time.Instant.EPOCH);
    }

    private static String name(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    @Override
    public Optional<FileEntry> stat(String key) throws IOException {
        if (key.isEmpty()) {
            return Optional.of(directory(""));
        }
        Optional<Stored> object = objects.find(key);
        if (object.isPresent()) {
            FileEntry e = object.get().entry();
            return Optional.of(new FileEntry(name(key), false, e.size(), e.modified()));
        }
        return objects.list(prefix(key), false).isEmpty() ? Optional.empty() : Optional.of(directory(key));
    }

    @Override
    public List<FileEntry> list(String key) throws IOException {
        List<FileEntry> entries = new ArrayList<>();
        for (Stored object : objects.list(prefix(key), false)) {
            String rest = object.key().substring(prefix(key).length());
            if (rest.endsWith("/")) {
                entries.add(directory(rest.substring(0, rest.length() - 1)));
            } else if (!rest.isEmpty()) {
                FileEntry e = object.entry();
                entries.add(new FileEntry(rest, false, e.size(), e.modified()));
            }
        }
        entries.sort(Comparator.comparing(FileEntry::name));
        return entries;
    }

    @Override
    public InputStream read(String key, long offset, long length) throws IOException {
        return length == 0 ? InputStream.nullInputStream() : objects.read(key, offset, length);
    }

    @Override
    public void write(String key, InputStream content, boolean overwrite) throws IOException {
        if (!objects.list(prefix(key), false).isEmpty()) {
            throw new FileAlreadyExistsException(key, null, "a directory has this name");
        }
        Path whole = Files.createTempFile(scratch, "upload-", "");
        try {
            try (OutputStream out = Files.newOutputStream(whole)) {
                content.transferTo(out);
            }
            objects.write(key, whole, overwrite);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    @Override
    public void makeDirectory(String key) throws IOException {
        if (stat(key).isEmpty()) {
            Path empty = Files.createTempFile(scratch, "directory-", "");
            try {
                objects.write(prefix(key), empty, true);
            } finally {
                Files.deleteIfExists(empty);
            }
        }
    }

    @Override
    public void delete(String key) throws IOException {
        if (!key.isEmpty()) {
            objects.delete(key);
        }
        for (Stored object : objects.list(prefix(key), true)) {
            objects.delete(object.key());
        }
    }

    @Override
    public void move(String from, String to) throws IOException {
        List<Stored> all = new ArrayList<>(objects.list(prefix(from), true));
        objects.find(from).ifPresent(all::add);
        for (Stored object : all) {
            objects.copy(object.key(), to + object.key().substring(from.length()));
            objects.delete(object.key());
        }
    }

    @Override
    public Path onDisk(String key) throws IOException {
        Stored object = objects.find(key).orElseThrow(() -> new NoSuchFileException(key));
        Path copy = scratch.resolve("copy-" + digest(objects.identity() + "\n" + key + "\n" + object.version()));
        if (!Files.exists(copy)) {
            Path next = Files.createTempFile(scratch, "copy-", ".next");
            try (InputStream in = read(key, 0, object.entry().size())) {
                Files.copy(in, next, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(next, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return copy;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
