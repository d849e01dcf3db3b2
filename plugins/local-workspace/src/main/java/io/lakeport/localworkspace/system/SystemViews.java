package io.lakeport.localworkspace.system;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.state.StateFiles;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The views that read system tables, with the tables that each of them needs. Survives a restart. Thread-safe. */
final class SystemViews {
    private static final String DOCUMENT = "system-views";
    private static final Pattern CREATE = Pattern.compile(
            "^\\s*(?:create|alter)\\s(?:\\w+\\s+)*?view\\s+(?:if\\s+not\\s+exists\\s+)?([^\\s(]+)",
            Pattern.CASE_INSENSITIVE);

    private final StateFiles state;
    private final Map<String, Set<String>> tablesByView = new ConcurrentHashMap<>();

    SystemViews(StateFiles state) {
        this.state = state;
        state.read(DOCUMENT)
                .ifPresent(document -> document.properties().forEach(view -> {
                    Set<String> tables = new LinkedHashSet<>();
                    view.getValue().forEach(table -> tables.add(table.asText()));
                    tablesByView.put(view.getKey(), tables);
                }));
    }

    boolean isEmpty() {
        return tablesByView.isEmpty();
    }

    /** Returns the system tables that a view needs; none for a name that is no such view. */
    Set<String> tablesOf(String view) {
        return tablesByView.getOrDefault(view, Set.of());
    }

    /** Notes a view if the statement makes one. */
    void created(String sql, String catalog, String schema, Set<String> tables) {
        Matcher create = CREATE.matcher(sql);
        if (tables.isEmpty() || !create.find()) {
            return;
        }
        String given = create.group(1);
        NamesInText.find(given, catalog, schema).stream()
                .reduce((shorter, longer) -> longer)
                .ifPresent(view -> tablesByView.put(view, Set.copyOf(tables)));
        save();
    }

    private synchronized void save() {
        ObjectNode document = Json.object();
        tablesByView.forEach((view, tables) -> {
            ArrayNode array = document.putArray(view);
            tables.forEach(array::add);
        });
        state.write(DOCUMENT, document);
    }
}
