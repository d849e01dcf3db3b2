package io.lakeport.app.config;

import io.lakeport.core.secret.Secret;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that hold one secret, with white space around it. */
public final class SecretFile {
    private SecretFile() {}

    /**
     * Reads the secret in a file.
     *
     * @throws IllegalArgumentException when the file cannot be read or is empty; the message names the file
     */
    public static Secret read(Path file) {
        try {
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new IllegalArgumentException("the secret file " + file + " is empty");
            }
            return Secret.of(text);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("the secret file " + file + " does not exist", e);
        } catch (IOException e) {
            String why = Files.isReadable(file) ? "is not text" : "may not be read by this user";
            throw new IllegalArgumentException("the secret file " + file + " " + why, e);
        }
    }

    /**
     * Writes a secret to a new file that only this user can read, where the file system knows such a thing.
     *
     * @throws IllegalArgumentException when the file is there, or cannot be written; the message names the file
     */
    public static void write(Path file, Secret secret) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            boolean posix = folder != null && Files.getFileStore(folder).supportsFileAttributeView("posix");
            // The rights are there from the first byte on: narrowed afterwards, another could have opened it.
            FileAttribute<?>[] mine = posix
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];
            Files.createFile(file, mine);
            Files.writeString(file, secret.reveal());
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException(
                    "the secret file " + file + " is there already; remove it, or choose another directory", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the secret file " + file + " cannot be written by this user", e);
        }
    }
}
