package io.lakeport.app.config;

import io.lakeport.core.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

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
}
