package io.lakeport.localworkspace.file;

import io.lakeport.localworkspace.file.FileError.Reason;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Volume;
import io.lakeport.localworkspace.governance.Volumes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All files that a workspace knows, under one space of paths. Thread-safe. */
public final class FileSpace implements AutoCloseable {
    private static final int VOLUME_LEVELS = 3;

    private final Path directory;
    private final boolean temporary;
    private final Governance governance;
    private final RemoteStores remotes;
    private final List<External> externals = new ArrayList<>();
    private final Set<String> claimed = new HashSet<>();
    private final Map<Path, Storage> locals = new ConcurrentHashMap<>();
    private final Map<Path, Storage> disks = new ConcurrentHashMap<>();

    private record External(FilePath root, Storage storage) {}

    private FileSpace(Path directory, boolean temporary, Governance governance, ExternalStores stores)
            throws IOException {
        this.directory = directory;
        this.temporary = temporary;
        this.governance = governance;
        this.remotes = new RemoteStores(stores, scratch());
    }

    /**
     * Opens the files of a workspace.
     *
     * @param dataDirectory where they live and survive a restart; empty for a temporary directory that {@link #close}
     *     deletes
     * @param stores what stands behind the URLs of object stores
     */
    public static FileSpace open(Optional<Path> dataDirectory, Governance governance, ExternalStores stores)
            throws IOException {
        boolean temporary = dataDirectory.isEmpty();
        // Named like the directory of results, so that the next start finds what a killed process left.
        Path directory = temporary
                ? Files.createTempDirectory(
                        "lakeport-workspace-" + ProcessHandle.current().pid() + "-files-")
                : dataDirectory.get().resolve("files");
        FileSpace space = new FileSpace(directory, temporary, governance, stores);
        space.addLocal(directory.resolve("local"));
        for (Mount mount : stores.mounts()) {
            space.addExternal(mount.url(), space.addLocal(mount.directory()));
        }
        return space;
    }

    private Storage addLocal(Path root) throws IOException {
        DiskStorage storage = new DiskStorage(root, false);
        locals.put(root.toRealPath(), storage);
        return storage;
    }

    /** Makes a store known under a URL; the longest URL that fits a path has it. */
    public void addExternal(String url, Storage storage) {
        externals.add(new External(FilePath.parse(url), storage));
    }

    /** Returns what is known of volumes and of who may use them. */
    public Governance governance() {
        return governance;
    }

    /** Returns the volumes. */
    public Volumes volumes() {
        return governance.volumes();
    }

    /**
     * Returns the place of a path for somebody who means to use it.
     *
     * @throws FileError INVALID_PATH, NO_VOLUME, NO_LOCATION or DENIED
     */
    public Place place(String principal, String path, Intent intent) {
        FilePath parsed = FilePath.parse(path);
        new FileAccess(governance).require(principal, parsed, intent);
        return locate(parsed);
    }

    private Place locate(FilePath path) {
        return switch (path.kind()) {
            case VOLUME -> inVolume(path);
            case DBFS -> new Place(path, disk("dbfs"), path.key(0));
            case LOCAL -> local(path);
            default -> external(path);
        };
    }

    private Place inVolume(FilePath path) {
        if (path.parts().size() < VOLUME_LEVELS) {
            throw new FileError(
                    Reason.INVALID_PATH,
                    path.written(),
                    "Invalid path: a path in a volume is /Volumes/<catalog>/<schema>/<volume>/…, but got "
                            + path.written());
        }
        List<String> name = path.parts().subList(0, VOLUME_LEVELS);
        Volume volume = volumes()
                .find(name)
                .orElseThrow(() -> new FileError(
                        Reason.NO_VOLUME,
                        path.written(),
                        "Volume '" + String.join(".", name).toLowerCase(Locale.ROOT) + "' does not exist."));
        if (!volume.external()) {
            return new Place(path, disk("volumes/" + volume.id()), path.key(VOLUME_LEVELS));
        }
        Place root = locate(FilePath.parse(volume.storageLocation()));
        String rest = path.key(VOLUME_LEVELS);
        String key = root.key().isEmpty() ? rest : rest.isEmpty() ? root.key() : root.key() + "/" + rest;
        return new Place(path, root.storage(), key);
    }

    /** The local disk is open only where a mount lies, and in the directory {@code local} of the workspace's own. */
    private Place local(FilePath path) {
        Path wanted = Path.of("/" + path.key(0));
        for (Map.Entry<Path, Storage> each : locals.entrySet()) {
            if (wanted.startsWith(each.getKey())) {
                return new Place(
                        path, each.getValue(), each.getKey().relativize(wanted).toString());
            }
        }
        throw new FileError(
                Reason.NO_LOCATION,
                path.written(),
                "Local file access to " + path.written() + " is not allowed; put the file into a volume.");
    }

    private Place external(FilePath path) {
        Optional<External> mount = mounted(path);
        if (mount.isPresent()) {
            int above = mount.get().root.parts().size();
            return new Place(path, mount.get().storage, path.key(above));
        }
        Storage remote = remotes.find(path).orElseThrow(() -> unmounted(path));
        return new Place(path, remote, path.key(0));
    }

    private Optional<External> mounted(FilePath path) {
        return externals.stream()
                .filter(e -> FileAccess.covers(e.root, path))
                .max(Comparator.comparingInt(e -> e.root.parts().size()));
    }

    private FileError unmounted(FilePath path) {
        return governance.storage().locationOf(path.text()).isEmpty()
                ? FileAccess.noLocation(path)
                : new FileError(
                        Reason.UNAVAILABLE,
                        path.written(),
                        "No storage stands behind " + path.text()
                                + "; start the workspace with a mount or an endpoint for it.");
    }

    /** Whether somebody may use a URL without an external location, as metastore admins may use mounts. */
    public boolean isOpenMount(String principal, String url) {
        FilePath path = FilePath.parse(url);
        return governance.actor(principal).metastoreAdmin()
                && governance.storage().locationOf(path.text()).isEmpty()
                && (mounted(path).isPresent() || remotes.find(path).isPresent());
    }

    /** Claims files for one statement that loads them into a table. */
    public Place.Claim claim(List<String> table, List<Place.Found> files) {
        Set<String> wanted = new HashSet<>();
        files.forEach(f ->
                wanted.add(String.join(".", table) + "\n" + f.place().path().text()));
        synchronized (claimed) {
            if (wanted.stream().anyMatch(claimed::contains)) {
                return new Place.Claim(false, () -> {});
            }
            claimed.addAll(wanted);
        }
        return new Place.Claim(true, () -> {
            synchronized (claimed) {
                claimed.removeAll(wanted);
            }
        });
    }

    /** Deletes the files of a managed volume that was dropped. */
    public void forget(Volume volume) {
        if (volume.external()) {
            return;
        }
        try {
            Storage storage = disk("volumes/" + volume.id());
            storage.delete("");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the files of " + volume.path(), e);
        }
    }

    /** Returns a directory of the workspace's own, for what is neither a volume nor DBFS. */
    public Storage disk(String name) {
        return disks.computeIfAbsent(directory.resolve(name), path -> {
            try {
                return new DiskStorage(path, true);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot use " + path + " for the workspace's files", e);
            }
        });
    }

    /** Returns a directory for files that live as long as one statement. */
    public Path scratch() throws IOException {
        return Files.createDirectories(directory.resolve("scratch"));
    }

    /** Deletes the files of a workspace without a data directory. */
    @Override
    public void close() throws IOException {
        remotes.close();
        if (temporary) {
            Storage all = new DiskStorage(directory, true);
            all.delete("");
            Files.deleteIfExists(directory);
        }
    }
}
