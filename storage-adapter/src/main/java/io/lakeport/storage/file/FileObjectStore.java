package io.lakeport.storage.file;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files. A file is written beside the objects under a hidden name, synced, and then moved to its key in one
 * step, so that a reader, or a crash, sees it whole or not at all.
 */
final class FileObjectStore implements ObjectStore {
    static final String STAGING = ".lakeport-staging";

    private static final Duration ABANDONED_AFTER = Duration.ofDays(2);

    private final AtomicBoolean sweptStaging = new AtomicBoolean();
    private final Path directory;
    private final String root;
    private final Set<FileSink> open = ConcurrentHashMap.newKeySet();

    FileObjectStore(Path directory, String root) {
        this.directory = directory.toAbsolutePath().normalize();
        this.root = root;
    }

    @Override
    public String root() {
        return root;
    }

    @Override
    public ObjectSink create(ObjectKey key, CreateMode mode) {
        Path target = resolve(key);
        try {
            FileSink sink = new FileSink(key, target, staging(), mode, open::remove);
            open.add(sink);
            return sink;
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    private Path staging() throws IOException {
        Path staging = Files.createDirectories(directory.resolve(STAGING));
        if (sweptStaging.compareAndSet(false, true)) {
            sweep(staging);
        }
        return staging;
    }

    /** Removes what killed processes left; a file that is still being written is younger than this. */
    private static void sweep(Path staging) throws IOException {
        FileTime oldest = FileTime.from(Instant.now().minus(ABANDONED_AFTER));
        try (Stream<Path> files = Files.list(staging)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).compareTo(oldest) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private LakeportException notWritable(IOException e) {
        return new LakeportException(
                CoreError.TARGET_NOT_WRITABLE,
                "'" + root + "' cannot be written (" + e.getClass().getSimpleName()
                        + "); create the directory and give this process the right to write to it",
                e);
    }

    /** A key has no '..', but a symbolic link inside the root could still lead out of it. */
    private Path resolve(ObjectKey key) {
        Path target = directory.resolve(key.value()).normalize();
        Path existing = target;
        while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        try {
            boolean inside = target.startsWith(directory)
                    && (existing == null
                            || !Files.exists(directory)
                            || existing.toRealPath().startsWith(directory.toRealPath())
                            || directory.startsWith(existing));
            if (!inside) {
                throw new LakeportException(
                        CoreError.OUT_OF_SCOPE,
                        "key '" + key + "' leads out of '" + root + "' through a link; remove the link");
            }
            return target;
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.OUT_OF_SCOPE, "key '" + key + "' of '" + root + "' passes through a broken link", e);
        }
    }

    @Override
    public ReadableByteChannel read(ObjectKey key) {
        try {
            return FileChannel.open(resolve(key), StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new LakeportException(CoreError.OBJECT_NOT_FOUND, "'" + root + key + "' does not exist", e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private LakeportException unreadable(IOException e) {
        return new LakeportException(
                CoreError.ACCESS_DENIED,
                "'" + root + "' could not be read (" + e.getClass().getSimpleName()
                        + "); check the rights of this process",
                e);
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        Path file = resolve(key);
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(new ObjectInfo(key, Files.size(file), ""))
                    : Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        Path staging = directory.resolve(STAGING);
        try (Stream<Path> files = Files.walk(directory, new FileVisitOption[0])) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.startsWith(staging))
                    .map(this::info)
                    .filter(info -> info.key().value().startsWith(prefix))
                    .sorted(Comparator.comparing(info -> info.key().value()))
                    .toList();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private ObjectInfo info(Path file) {
        String key = directory
                .relativize(file)
                .toString()
                .replace(file.getFileSystem().getSeparator(), "/");
        return new ObjectInfo(ObjectKey.of(key), file.toFile().length(), "");
    }

    @Override
    public void delete(ObjectKey key) {
        Path file = resolve(key);
        try {
            Files.deleteIfExists(file);
            removeEmptyFolders(file.getParent());
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    /** An object store has no empty folders; a directory should not keep them either. */
    private void removeEmptyFolders(@Nullable Path folder) throws IOException {
        for (Path at = folder; at != null && at.startsWith(directory) && !at.equals(directory); at = at.getParent()) {
            try (Stream<Path> entries = Files.list(at)) {
                if (entries.findAny().isPresent()) {
                    return;
                }
            } catch (NoSuchFileException e) {
                continue;
            }
            Files.deleteIfExists(at);
        }
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(FileSink::close);
        try {
            // Fails, and rightly stays, when another process has files in it.
            Files.deleteIfExists(directory.resolve(STAGING));
        } catch (IOException e) {
            open.clear();
        }
    }
}
