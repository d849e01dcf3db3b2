package io.lakeport.localworkspace.rest.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.file.FileSpace;
import io.lakeport.localworkspace.file.Storage;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.state.StateFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tree of notebooks, files and directories. What they are is a document of the workspace's state, what they hold a
 * file by their id. Thread-safe.
 */
public final class WorkspaceObjects {
    static final String DIRECTORY = "DIRECTORY";
    static final String NOTEBOOK = "NOTEBOOK";
    static final String FILE = "FILE";

    private static final String DOCUMENT = "workspace-objects";
    private static final List<String> ROOTS = List.of("/", "/Shared", "/Users", "/Repos");

    private final StateFiles state;
    private final Storage contents;
    private final Clock clock;
    private final Map<String, Item> items = new TreeMap<>();
    private long lastId = 1_000_000_000_000L;

    /**
     * An object of the tree.
     *
     * @param path absolute, without a slash at the end
     * @param type DIRECTORY, NOTEBOOK or FILE
     * @param language of a notebook, empty otherwise
     * @param size bytes, 0 for a directory
     */
    record Item(String path, long id, String type, String language, long size, long createdAt, long modifiedAt) {
        ObjectNode json() {
            ObjectNode node = Json.object()
                    .put("object_type", type)
                    .put("path", path)
                    .put("object_id", id)
                    .put("resource_id", String.valueOf(id));
            if (!language.isEmpty()) {
                node.put("language", language);
            }
            if (type.equals(FILE)) {
                node.put("size", size);
            }
            if (!type.equals(DIRECTORY)) {
                node.put("created_at", createdAt).put("modified_at", modifiedAt);
            }
            return node;
        }
    }

    /** Opens the tree that the workspace's state remembers. */
    public WorkspaceObjects(FileSpace space, StateFiles state, Clock clock) {
        this.state = state;
        this.contents = space.disk("workspace");
        this.clock = clock;
        state.read(DOCUMENT).ifPresent(d -> d.path("objects").forEach(this::read));
        ROOTS.forEach(path -> {
            if (!items.containsKey(path)) {
                put(path, DIRECTORY, "", 0);
            }
        });
    }

    private void read(JsonNode node) {
        Item item = new Item(
                node.path("path").asText(),
                node.path("object_id").asLong(),
                node.path("object_type").asText(),
                node.path("language").asText(""),
                node.path("bytes").asLong(),
                node.path("created").asLong(),
                node.path("modified").asLong());
        items.put(item.path(), item);
        lastId = Math.max(lastId, item.id());
    }

    private Item put(String path, String type, String language, long size) {
        long now = clock.millis();
        Item old = items.get(path);
        Item item = new Item(
                path,
                old == null ? ++lastId : old.id(),
                type,
                language,
                size,
                old == null ? now : old.createdAt(),
                now);
        items.put(path, item);
        return item;
    }

    private void save() {
        ObjectNode document = Json.object();
        var list = document.putArray("objects");
        items.values()
                .forEach(i -> list.add(i.json()
                        .put("bytes", i.size())
                        .put("created", i.createdAt())
                        .put("modified", i.modifiedAt())));
        state.write(DOCUMENT, document);
    }

    /** Returns an absolute path in one form. */
    static String normal(String path) {
        String plain = path.startsWith("/Workspace/") ? path.substring("/Workspace".length()) : path;
        boolean valid = plain.startsWith("/") && !plain.matches(".*(^|/)\\.{1,2}(/.*|$)") && plain.indexOf('\0') < 0;
        if (!valid) {
            throw new ApiException(400, "INVALID_PARAMETER_VALUE", "Path (" + path + ") must be an absolute path.");
        }
        String trimmed = plain.replaceAll("/+", "/").replaceAll("/$", "");
        return trimmed.isEmpty() ? "/" : trimmed;
    }

    synchronized Item get(String path) {
        return Optional.ofNullable(items.get(normal(path)))
                .orElseThrow(
                        () -> new ApiException(404, "RESOURCE_DOES_NOT_EXIST", "Path (" + path + ") doesn't exist."));
    }

    synchronized List<Item> list(String path) {
        Item item = get(path);
        if (!item.type().equals(DIRECTORY)) {
            return List.of(item);
        }
        return items.values().stream()
                .filter(i -> !i.path().equals("/") && parent(i.path()).equals(item.path()))
                .toList();
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** Makes the home folder of a principal when it is missing. */
    synchronized void makeHome(String principal) {
        String path = "/Users/" + principal;
        if (!items.containsKey(path)) {
            put(path, DIRECTORY, "", 0);
            save();
        }
    }

    synchronized void makeDirectory(String path) {
        makeDirectories(normal(path));
        save();
    }

    private void makeDirectories(String path) {
        Item there = items.get(path);
        if (there != null) {
            if (!there.type().equals(DIRECTORY)) {
                throw exists(path);
            }
            return;
        }
        makeDirectories(parent(path));
        put(path, DIRECTORY, "", 0);
    }

    private static ApiException exists(String path) {
        return new ApiException(400, "RESOURCE_ALREADY_EXISTS", "Path (" + path + ") already exists.");
    }

    /** Adds an object, or replaces it. */
    synchronized void write(String written, String type, String language, byte[] content, boolean overwrite)
            throws IOException {
        String path = normal(written);
        Item there = items.get(path);
        if (there != null && (!overwrite || there.type().equals(DIRECTORY))) {
            throw exists(path);
        }
        if (there == null && !items.containsKey(parent(path))) {
            throw new ApiException(
                    404, "RESOURCE_DOES_NOT_EXIST", "The parent folder (" + parent(path) + ") does not exist.");
        }
        Item item = put(path, type, language, content.length);
        contents.write(String.valueOf(item.id()), new ByteArrayInputStream(content), true);
        save();
    }

    synchronized byte[] content(Item item) throws IOException {
        try (InputStream in = contents.read(String.valueOf(item.id()), 0, Long.MAX_VALUE)) {
            return in.readAllBytes();
        }
    }

    /**
     * Returns the text of a file or notebook, empty when there is none at this path.
     *
     * @throws UncheckedIOException when it cannot be read
     */
    public synchronized Optional<String> text(String path) {
        Item item = items.get(normal(path));
        if (item == null || item.type().equals(DIRECTORY)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new String(content(item), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the workspace file " + path, e);
        }
    }

    synchronized void delete(String written, boolean recursive) throws IOException {
        Item item = get(written);
        if (ROOTS.contains(item.path())) {
            throw new ApiException(400, "BAD_REQUEST", "Folder " + item.path() + " is protected");
        }
        List<Item> below = items.values().stream()
                .filter(i -> i.path().startsWith(item.path() + "/"))
                .toList();
        if (!below.isEmpty() && !recursive) {
            throw new ApiException(
                    400,
                    "DIRECTORY_NOT_EMPTY",
                    "Folder (" + item.path() + ") is not empty. Please set recursive to true to delete it.");
        }
        List<Item> gone = new ArrayList<>(below);
        gone.add(item);
        for (Item each : gone) {
            items.remove(each.path());
            contents.delete(String.valueOf(each.id()));
        }
        save();
    }
}
