package io.lakeport.localworkspace.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/** JSON objects of one sort by their ids, kept as one document. Callers get and give copies. Thread-safe. */
public final class StoredObjects {
    private final StateFiles state;
    private final String name;
    private final Map<String, ObjectNode> objects = new ConcurrentSkipListMap<>();

    /**
     * Opens the objects.
     *
     * @param name of the document that keeps them
     */
    public StoredObjects(StateFiles state, String name) {
        this.state = state;
        this.name = name;
        state.read(name)
                .ifPresent(document -> document.properties()
                        .forEach(entry -> objects.put(entry.getKey(), (ObjectNode) entry.getValue())));
    }

    /** Returns all objects, by id. */
    public List<ObjectNode> all() {
        return objects.values().stream().map(ObjectNode::deepCopy).toList();
    }

    /** Returns an object. */
    public Optional<ObjectNode> find(String id) {
        return Optional.ofNullable(objects.get(id)).map(ObjectNode::deepCopy);
    }

    /** Adds or replaces an object. */
    public synchronized void put(String id, ObjectNode object) {
        objects.put(id, object.deepCopy());
        write();
    }

    /** Changes every object; {@code change} may change the copy that it gets. */
    public synchronized void replaceAll(UnaryOperator<ObjectNode> change) {
        objects.replaceAll((id, object) -> change.apply(object.deepCopy()));
        write();
    }

    /** Removes an object and returns whether it was there. */
    public synchronized boolean remove(String id) {
        boolean removed = objects.remove(id) != null;
        if (removed) {
            write();
        }
        return removed;
    }

    private void write() {
        ObjectNode document = Json.object();
        objects.forEach((id, object) -> document.set(id, object));
        state.write(name, document);
    }
}
