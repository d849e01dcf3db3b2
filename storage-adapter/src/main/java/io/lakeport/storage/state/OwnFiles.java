package io.lakeport.storage.state;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that nobody but this user may read. */
final class OwnFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private OwnFiles() {}

    private static FileAttribute<?>[] only(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Makes the file and its folder where they are not there; what SQLite puts beside it takes its permissions. */
    static void prepare(Path file) {
        try {
            Path folder = file.getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(folder, only("rwx------"));
            }
            create(file);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file)) {
                throw refused(file, "it is no file", e);
            }
        } catch (IOException e) {
            throw refused(file, "it cannot be made (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** Makes an empty file. */
    static void create(Path file) throws IOException {
        Files.createFile(file, only("rw-------"));
    }

    private static LakeportException refused(Path file, String why, IOException cause) {
        return new LakeportException(
                CoreError.ACCESS_DENIED,
                "the state database " + file + " cannot be used: " + why
                        + "; name a file in a folder that this user may write, with the option 'file'",
                cause);
    }
}
