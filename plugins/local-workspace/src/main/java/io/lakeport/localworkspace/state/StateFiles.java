package io.lakeport.localworkspace.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * JSON documents by name, one per component, each replaced as a whole: a workspace that is killed finds either the old
 * document or the new one. Without a directory they live in memory. Thread-safe.
 */
public final class StateFiles {
    private final Optional<Path> directory;
    private final Map<String, JsonNode> memory = new ConcurrentHashMap<>();

    private StateFiles(Optional<Path> directory) {
        this.directory = directory;
    }

    /**
     * Returns the documents of a workspace.
     *
     * @param dataDirectory the workspace's data directory; empty keeps them in memory only
     */
    public static StateFiles in(Optional<Path> dataDirectory) {
        return new StateFiles(dataDirectory.map(d -> d.resolve("state")));
    }

    /**
     * Returns a document.
     *
     * @param name of the component, a valid file name, for example {@code grants}
     * @throws UncheckedIOException when its file cannot be read or is not JSON
     */
    public Optional<JsonNode> read(String name) {
        if (directory.isEmpty()) {
            return Optional.ofNullable(memory.get(name)).map(JsonNode::deepCopy);
        }
        Path file = file(directory.get(), name);
        try {
            return Optional.of(Json.parse(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the workspace's state in " + file + "; it should be JSON.", e);
        }
    }

    /**
     * Replaces a document.
     *
     * @throws UncheckedIOException when it cannot be written; the old one stays then
     */
    public synchronized void write(String name, JsonNode document) {
        if (directory.isEmpty()) {
            memory.put(name, document.deepCopy());
            return;
        }
        Path file = file(directory.get(), name);
        try {
            Files.createDirectories(directory.get());
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.write(next, Json.bytes(document));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the workspace's state to " + file, e);
        }
    }

    private static Path file(Path directory, String name) {
        return directory.resolve(name + ".json");
    }
}
