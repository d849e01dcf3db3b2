package io.lakeport.localworkspace.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.state.StateFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The volumes. Survives a restart as the workspace's state does. Thread-safe. */
public final class Volumes {
    private static final String DOCUMENT = "volumes";
    private static final String ROOT = "s3://local-workspace/volumes/";

    private final StateFiles state;
    private final Map<List<String>, Volume> all = new LinkedHashMap<>();

    Volumes(StateFiles state) {
        this.state = state;
        state.read(DOCUMENT)
                .ifPresent(list -> list.path("volumes").forEach(v -> {
                    Volume volume = parse(v);
                    all.put(volume.name(), volume);
                }));
    }

    private static Volume parse(JsonNode node) {
        List<String> name = new ArrayList<>();
        node.path("name").forEach(n -> name.add(n.asText()));
        return new Volume(
                name,
                node.path("id").asText(),
                node.path("external").asBoolean(),
                node.path("location").asText(),
                node.path("owner").asText(),
                Json.text(node, "comment").orElse(null));
    }

    private void save() {
        ObjectNode document = Json.object();
        var list = document.putArray("volumes");
        for (Volume v : all.values()) {
            ObjectNode node = list.addObject()
                    .put("id", v.id())
                    .put("external", v.external())
                    .put("location", v.storageLocation())
                    .put("owner", v.owner())
                    .put("comment", v.comment());
            v.name().forEach(node.putArray("name")::add);
        }
        state.write(DOCUMENT, document);
    }

    private static List<String> key(List<String> name) {
        return name.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
    }

    /** Creates a managed volume; empty when there is one of that name. */
    public Optional<Volume> createManaged(List<String> name, String by) {
        String id = UUID.randomUUID().toString();
        return create(new Volume(key(name), id, false, ROOT + id, by, null));
    }

    /** Creates an external volume; empty when there is one of that name. */
    public Optional<Volume> createExternal(List<String> name, String by, String storageLocation) {
        String id = UUID.randomUUID().toString();
        return create(new Volume(key(name), id, true, storageLocation.replaceAll("/+$", ""), by, null));
    }

    private synchronized Optional<Volume> create(Volume volume) {
        if (all.putIfAbsent(volume.name(), volume) != null) {
            return Optional.empty();
        }
        save();
        return Optional.of(volume);
    }

    /** Returns a volume by its three levels, in any case. */
    public synchronized Optional<Volume> find(List<String> name) {
        return Optional.ofNullable(all.get(key(name)));
    }

    /** Returns a schema's volumes in order of their names. */
    public synchronized List<Volume> list(String catalog, String schema) {
        List<String> in = key(List.of(catalog, schema));
        return all.values().stream()
                .filter(v -> v.name().subList(0, 2).equals(in))
                .sorted(Comparator.comparing(v -> v.name().get(2)))
                .toList();
    }

    /** Gives a volume another name in its schema. */
    public synchronized void rename(List<String> from, List<String> to) {
        Volume v = all.remove(key(from));
        if (v != null) {
            all.put(key(to), new Volume(key(to), v.id(), v.external(), v.storageLocation(), v.owner(), v.comment()));
            save();
        }
    }

    /** Changes owner or comment of a volume. */
    public synchronized void update(List<String> name, String owner, @Nullable String comment) {
        Volume v = all.get(key(name));
        if (v != null) {
            all.put(v.name(), new Volume(v.name(), v.id(), v.external(), v.storageLocation(), owner, comment));
            save();
        }
    }

    /** Forgets a volume; returns it, so that its files can be deleted. */
    public synchronized Optional<Volume> drop(List<String> name) {
        Optional<Volume> volume = Optional.ofNullable(all.remove(key(name)));
        volume.ifPresent(v -> save());
        return volume;
    }
}
