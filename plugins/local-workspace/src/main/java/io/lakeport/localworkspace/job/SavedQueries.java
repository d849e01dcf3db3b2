package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.state.StateFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Queries that somebody saved, as the API's documents. Survives a restart. Thread-safe. */
public final class SavedQueries {
    private static final String DOCUMENT = "queries";

    private final StateFiles state;
    private final Map<String, ObjectNode> byId = new LinkedHashMap<>();

    /** Reads the queries of an earlier run. */
    public SavedQueries(StateFiles state) {
        this.state = state;
        state.read(DOCUMENT)
                .ifPresent(document -> document.properties()
                        .forEach(query ->
                                byId.put(query.getKey(), query.getValue().deepCopy())));
    }

    /** Adds a query and returns its id. */
    public synchronized String add(ObjectNode query) {
        String id = UUID.randomUUID().toString();
        put(id, query.deepCopy().put("id", id));
        return id;
    }

    /** Replaces a query. */
    public synchronized void put(String id, ObjectNode query) {
        byId.put(id, query);
        ObjectNode document = Json.object();
        byId.forEach(document::set);
        state.write(DOCUMENT, document);
    }

    /** Returns a query, also one in the trash. */
    public synchronized Optional<ObjectNode> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(JsonNode::deepCopy);
    }

    /** Returns all queries, oldest first. */
    public synchronized List<ObjectNode> all() {
        return byId.values().stream().map(ObjectNode::deepCopy).toList();
    }
}
