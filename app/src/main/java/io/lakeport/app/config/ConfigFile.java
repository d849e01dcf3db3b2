package io.lakeport.app.config;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads a configuration file: Lakeport's own document, or the document that Birdie asks its customers for. */
public final class ConfigFile {
    private ConfigFile() {}

    /**
     * Reads a file. Relative paths in it are resolved against its directory; environment variables are read only where
     * <code>${env:NAME}</code> names them.
     *
     * @throws LakeportException INVALID_REQUEST with line, key and remedy
     */
    public static LakeportConfig load(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return parse(read(absolute), file.toString(), folderOf(absolute), System::getenv);
    }

    /**
     * Reads a document from text.
     *
     * @param name stands for the document in errors
     * @param folder where relative paths begin
     * @param environment value of a variable, null when it is not set
     */
    public static LakeportConfig parse(
            String text, String name, Path folder, UnaryOperator<@Nullable String> environment) {
        JsonValue root = JsonDocument.parse(text, name);
        SecretReader secrets = new SecretReader(folder, environment);
        return BirdieDocument.isOne(root)
                ? BirdieDocument.read(root, secrets).toConfig()
                : new ConfigReader(folder, secrets).read(root);
    }

    /** Reads Birdie's document without making a configuration of it. */
    public static BirdieDocument birdie(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        JsonValue root = JsonDocument.parse(read(absolute), file.toString());
        return BirdieDocument.read(root, new SecretReader(folderOf(absolute), System::getenv));
    }

    private static Path folderOf(Path absolute) {
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "does not exist", e);
        } catch (CharacterCodingException e) {
            throw unreadable(file, "is not UTF-8 text", e);
        } catch (IOException e) {
            throw unreadable(
                    file, Files.isDirectory(file) ? "is a directory" : "cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static LakeportException unreadable(Path file, String why, IOException cause) {
        return new LakeportException(
                CoreError.INVALID_CONFIGURATION,
                "the configuration file " + file + " " + why + "; give its path with --config",
                cause);
    }
}
