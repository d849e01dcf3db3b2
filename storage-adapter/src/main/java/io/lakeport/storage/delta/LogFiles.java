package io.lakeport.storage.delta;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectStore;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.Optional;

/**
 * An object store as the file system of Delta Kernel. Paths begin with {@link #TABLE}, whatever the store's root is, so
 * that no character of a root needs escaping.
 */
final class LogFiles implements FileIO {
    static final String TABLE = "lakeport:/table";
    private static final String PREFIX = TABLE + "/";

    private final ObjectStore store;

    LogFiles(ObjectStore store) {
        this.store = store;
    }

    private static ObjectKey key(String path) {
        if (!path.startsWith(PREFIX)) {
            throw new IllegalArgumentException("'" + path + "' lies outside the table");
        }
        return ObjectKey.of(path.substring(PREFIX.length()));
    }

    @Override
    public CloseableIterator<FileStatus> listFrom(String path) throws FileNotFoundException {
        String from = path.substring(PREFIX.length());
        String folder = from.substring(0, from.lastIndexOf('/') + 1);
        List<ObjectInfo> all = store.list(folder);
        if (all.isEmpty()) {
            throw new FileNotFoundException(path);
        }
        List<FileStatus> found = all.stream()
                .filter(object -> object.key().value().indexOf('/', folder.length()) < 0)
                .filter(object -> object.key().value().compareTo(from) >= 0)
                .map(LogFiles::status)
                .toList();
        return Utils.toCloseableIterator(found.iterator());
    }

    /**
     * Stores do not tell when an object was changed. The present keeps Kernel from taking log files for expired ones:
     * cleaning up is left to the table's owner.
     */
    private static FileStatus status(ObjectInfo object) {
        return FileStatus.of(PREFIX + object.key(), object.bytes(), System.currentTimeMillis());
    }

    @Override
    public FileStatus getFileStatus(String path) throws FileNotFoundException {
        return store.stat(key(path)).map(LogFiles::status).orElseThrow(() -> new FileNotFoundException(path));
    }

    @Override
    public String resolvePath(String path) {
        return path;
    }

    @Override
    public boolean mkdirs(String path) {
        // Stores have no folders.
        return true;
    }

    @Override
    public InputFile newInputFile(String path, long size) {
        return new LogInput(store, key(path), path);
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return new LogOutput(store, key(path), path);
    }

    @Override
    public boolean delete(String path) {
        ObjectKey key = key(path);
        boolean existed = store.stat(key).isPresent();
        store.delete(key);
        return existed;
    }

    @Override
    public Optional<String> getConf(String name) {
        return Optional.empty();
    }

    @Override
    public void copyFileAtomically(String source, String target, boolean overwrite) throws java.io.IOException {
        byte[] content = new LogInput(store, key(source), source).content();
        new LogOutput(store, key(target), target).write(content, mode(overwrite));
    }

    /** Returns what happens when an object exists. */
    static CreateMode mode(boolean overwrite) {
        return overwrite ? CreateMode.REPLACE : CreateMode.FAIL_IF_EXISTS;
    }
}
