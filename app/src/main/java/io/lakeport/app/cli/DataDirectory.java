package io.lakeport.app.cli;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A workspace's data directory. It may be emptied only when it was new or empty as a workspace first took it: what else
 * lies in a directory that someone named by mistake must not be lost.
 */
final class DataDirectory {
    private static final String MARK = ".lakeport-workspace";

    private final Optional<Path> directory;

    DataDirectory(Optional<Path> directory) {
        this.directory = directory;
    }

    /** Marks the directory as a workspace's own, if it is new or empty. */
    void claim() {
        if (directory.isEmpty()) {
            return;
        }
        Path path = directory.get();
        try {
            Files.createDirectories(path);
            if (entries(path).isEmpty()) {
                Files.writeString(
                        path.resolve(MARK), "The data of a local workspace of Lakeport; 'reset' empties it.\n");
            }
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_WRITABLE,
                    "Cannot keep a workspace in " + path + " (" + e.getMessage()
                            + "); make it a directory that may be written, or give another --data.",
                    e);
        }
    }

    private static List<Path> entries(Path path) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.toList();
        }
    }

    /** Returns whether {@link #empty} may remove what is in a directory. */
    static boolean isOwn(Path directory) {
        return Files.exists(directory.resolve(MARK));
    }

    /** Removes what workspaces have kept here. */
    void empty() {
        if (directory.isEmpty() || !isOwn(directory.get())) {
            return;
        }
        try {
            for (Path entry : entries(directory.get())) {
                String name = String.valueOf(entry.getFileName());
                boolean kept = name.equals(MARK) || name.equals(WorkspaceLauncher.LOG) || name.startsWith("reset-");
                if (!kept) {
                    remove(entry);
                }
            }
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_WRITABLE,
                    "Cannot empty " + directory.get() + " (" + e.getMessage() + "); empty it by hand and start again.",
                    e);
        }
    }

    private static void remove(Path entry) throws IOException {
        try (Stream<Path> tree = Files.walk(entry)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
