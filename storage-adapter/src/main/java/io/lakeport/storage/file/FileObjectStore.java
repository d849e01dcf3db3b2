package io.lakeport.storage.file;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.UnfinishedUpload;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files. A file is written beside the objects under a hidden name, synced, and then moved to its key in one
 * step, so that a reader, or a crash, sees it whole or not at all.
 */
final class FileObjectStore implements ObjectStore {
    private final AtomicBoolean sweptStaging = new AtomicBoolean();
    private final Path directory;
    private final String root;
    private final Staging staging;
    private final UnaryOperator<StagedFile> disk;
    private final Set<FileSink> open = ConcurrentHashMap.newKeySet();

    FileObjectStore(Path directory, String root) {
        this(directory, root, UnaryOperator.identity());
    }

    /** For tests, whose disk fails. */
    FileObjectStore(Path directory, String root, UnaryOperator<StagedFile> disk) {
        this.directory = directory.toAbsolutePath().normalize();
        this.root = root;
        this.staging = new Staging(this.directory);
        this.disk = disk;
    }

    @Override
    public String root() {
        return root;
    }

    @Override
    public ObjectSink create(ObjectKey key, CreateMode mode) {
        Path target = resolve(key);
        try {
            if (sweptStaging.compareAndSet(false, true)) {
                staging.sweep();
            }
            FileSink sink = new FileSink(key, target, disk.apply(staging.create()), mode, open::remove);
            open.add(sink);
            return sink;
        } catch (IOException e) {
            throw notWritable(e);
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
        Path target = path(key);
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

    private Path path(ObjectKey key) {
        if (key.value().equals(Staging.NAME) || key.value().startsWith(Staging.NAME + "/")) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT, "key '" + key + "' is where the store keeps what is not finished yet");
        }
        try {
            return directory.resolve(key.value()).normalize();
        } catch (InvalidPathException e) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "key '" + key + "' cannot be a file's name here; on Linux start the JVM with LC_ALL=C.UTF-8",
                    e);
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
        List<ObjectInfo> found = new ArrayList<>();
        try {
            Files.walkFileTree(directory, new KeyFiles(directory, staging.folder(), info -> {
                if (info.key().value().startsWith(prefix)) {
                    found.add(info);
                }
            }));
        } catch (IOException e) {
            throw unreadable(e);
        }
        found.sort(Comparator.comparing(info -> info.key().value()));
        return List.copyOf(found);
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

    /** Returns nothing: asking removes what processes left that died, and what others still write is not abandoned. */
    @Override
    public List<UnfinishedUpload> unfinished() {
        try {
            staging.sweep();
            return List.of();
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(FileSink::close);
        staging.removeIfEmpty();
    }
}
