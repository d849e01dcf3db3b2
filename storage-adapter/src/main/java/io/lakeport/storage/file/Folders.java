package io.lakeport.storage.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Folders whose entries a crash of the machine does not forget. */
final class Folders {
    private Folders() {}

    /** Creates a folder and those above it, each known to the disk. */
    static void create(Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (@Nullable Path at = folder; at != null && !Files.isDirectory(at); at = at.getParent()) {
            missing.push(at);
        }
        if (missing.isEmpty()) {
            return;
        }
        Files.createDirectories(folder);
        for (Path made : missing) {
            Path parent = made.getParent();
            if (parent != null) {
                sync(parent);
            }
        }
    }

    /** Without this a crash may forget a new name although the file's content is safe. */
    static void sync(Path folder) throws IOException {
        if (folder.getFileSystem().getSeparator().equals("\\")) {
            // Windows has no handle of a folder that could be synced; its journal holds names.
            return;
        }
        boolean interrupted = false;
        while (!synced(folder)) {
            // An interrupt closes the handle; the name is there already, so that it must not fail the write.
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean synced(Path folder) throws IOException {
        try (FileChannel handle = FileChannel.open(folder, StandardOpenOption.READ)) {
            handle.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }
}
