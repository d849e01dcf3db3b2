package io.lakeport.localworkspace.statement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where results are spooled: one directory for each start, named after the process, so that others can clean up. */
public final class SpoolDirectory {
    private static final String PREFIX = "lakeport-workspace-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-.*");

    private SpoolDirectory() {}

    /** Creates a directory for this process and deletes those of processes that were killed. */
    public static Path create() throws IOException {
        Path created =
                Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
        Path parent = created.getParent();
        try (Stream<Path> files = Files.list(parent == null ? created : parent)) {
            files.filter(SpoolDirectory::isOrphan).toList().forEach(SpoolDirectory::delete);
        }
        return created;
    }

    private static boolean isOrphan(Path directory) {
        Matcher name = NAME.matcher(String.valueOf(directory.getFileName()));
        return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    /** Deletes a directory with everything in it, as far as that is possible now. */
    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            List<Path> files = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // A chunk may be written or sent at this moment: the next start deletes what is left.
            return;
        }
    }
}
