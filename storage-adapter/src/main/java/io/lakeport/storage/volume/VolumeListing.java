package io.lakeport.storage.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Walks through the folders below a root that can hold keys of a prefix. */
final class VolumeListing {
    private final VolumeClient client;
    private final String prefix;
    private final Deque<String> folders = new ArrayDeque<>();
    private final List<ObjectInfo> found = new ArrayList<>();

    VolumeListing(VolumeClient client, String prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    List<ObjectInfo> all() {
        folders.add(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        while (!folders.isEmpty()) {
            list(folders.remove());
        }
        found.sort(Comparator.comparing(object -> object.key().value()));
        return List.copyOf(found);
    }

    /** Lists a folder, given relative to the root: empty, or ending in a slash. */
    private void list(String folder) {
        String path = VolumePlace.directory(client.place().folder() + folder);
        String token = "";
        do {
            String query = token.isEmpty() ? "" : "?page_token=" + VolumePlace.encode(token);
            JsonNode page = page(path + query, folder);
            page.path("contents").forEach(entry -> take(folder, entry));
            token = page.path("next_page_token").asText();
        } while (!token.isEmpty());
    }

    private JsonNode page(String path, String folder) {
        try {
            return VolumeClient.json(
                    client.guarded("volume.list", 0, () -> client.attempt("GET", path, folder, Map.of())));
        } catch (LakeportException e) {
            if (e.is(CoreError.OBJECT_NOT_FOUND)) {
                return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
            }
            throw e;
        }
    }

    private void take(String folder, JsonNode entry) {
        String key = folder + entry.path("name").asText();
        if (entry.path("is_directory").asBoolean()) {
            if ((key + "/").startsWith(prefix) || prefix.startsWith(key + "/")) {
                folders.add(key + "/");
            }
        } else if (key.startsWith(prefix)) {
            add(key, entry.path("file_size").asLong());
        }
    }

    private void add(String key, long bytes) {
        try {
            found.add(new ObjectInfo(ObjectKey.of(key), bytes, ""));
        } catch (IllegalArgumentException e) {
            // Put there by others under a name that is no key.
            return;
        }
    }
}
