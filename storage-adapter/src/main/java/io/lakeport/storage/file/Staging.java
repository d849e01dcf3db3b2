package io.lakeport.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The hidden folder of files that are being written. Names begin with an id of the process: it must not open its own
 * files a second time, because closing them would end the locks of the first.
 */
final class Staging {
    static final String NAME = ".lakeport-staging";

    private static final String THIS_PROCESS = UUID.randomUUID() + "_";
    private static final int TRIES = 5;
    private static final Duration OLD = Duration.ofDays(2);

    private final Path folder;

    Staging(Path root) {
        this.folder = root.resolve(NAME);
    }

    Path folder() {
        return folder;
    }

    StagedFile create() throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                Folders.create(folder);
                StagedFile file = StagedFile.create(folder.resolve(THIS_PROCESS + UUID.randomUUID()));
                if (file != null) {
                    return file;
                }
            } catch (NoSuchFileException e) {
                // Another store removed the folder as empty between the two calls.
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Removes the files of processes that died. */
    void sweep() throws IOException {
        FileTime oldest = FileTime.from(Instant.now().minus(OLD));
        for (Path file : files()) {
            if (!String.valueOf(file.getFileName()).startsWith(THIS_PROCESS)) {
                StagedFile.deleteIfOrphaned(file, isOlder(file, oldest));
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static boolean isOlder(Path file, FileTime oldest) throws IOException {
        try {
            return Files.getLastModifiedTime(file).compareTo(oldest) < 0;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Removes the folder when nobody uses it. */
    void removeIfEmpty() {
        // Fails, and rightly stays, when there are files in it.
        folder.toFile().delete();
    }
}
