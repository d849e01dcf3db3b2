package io.lakeport.localworkspace.governance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.state.StateFiles;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The schemas of the catalog {@code system} and whether each is enabled. Those that a workspace fills are enabled from
 * the start, as if its administrator had done so; {@code information_schema} always is. Thread-safe.
 */
public final class SystemSchemas {
    private static final String DOCUMENT = "unity-system-schemas";
    private static final Set<String> ALWAYS = Set.of("information_schema", "default");
    private static final Set<String> FILLED = Set.of("access", "billing", "compute", "lakeflow", "query");
    private static final Set<String> AVAILABLE = Set.of("marketplace", "mlflow", "serving", "storage");

    private final StateFiles state;
    private final Set<String> disabled = new TreeSet<>();
    private final Set<String> enabled = new TreeSet<>();

    SystemSchemas(StateFiles state) {
        this.state = state;
        state.read(DOCUMENT).ifPresent(d -> {
            d.path("disabled").forEach(n -> disabled.add(n.asText()));
            d.path("enabled").forEach(n -> enabled.add(n.asText()));
        });
    }

    /** Returns the names of all schemas that may be enabled or are, in order. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(FILLED);
        names.addAll(AVAILABLE);
        names.add("information_schema");
        return names;
    }

    /** Whether a schema of the catalog {@code system} can be used; unknown ones were made by somebody and can. */
    public synchronized boolean enabled(String schema) {
        String name = schema.toLowerCase(Locale.ROOT);
        if (ALWAYS.contains(name) || enabled.contains(name)) {
            return true;
        }
        return !disabled.contains(name) && !AVAILABLE.contains(name);
    }

    /**
     * Enables or disables a schema.
     *
     * @throws GovernanceException when there is no such schema, it is in that state already, or it always is enabled
     */
    public synchronized void set(String schema, boolean enable) {
        String name = schema.toLowerCase(Locale.ROOT);
        if (!names().contains(name)) {
            throw new GovernanceException(404, "SCHEMA_DOES_NOT_EXIST", "Schema 'system." + name + "' does not exist.");
        }
        if (ALWAYS.contains(name)) {
            throw GovernanceException.invalid("system." + name + " is always enabled and cannot be changed.");
        }
        if (enabled(name) == enable) {
            throw enable
                    ? new GovernanceException(
                            409, "SCHEMA_ALREADY_EXISTS", "Schema 'system." + name + "' already exists")
                    : new GovernanceException(
                            404, "SCHEMA_DOES_NOT_EXIST", "Schema 'system." + name + "' does not exist.");
        }
        (enable ? disabled : enabled).remove(name);
        (enable ? enabled : disabled).add(name);
        save();
    }

    private void save() {
        ObjectNode document = Json.object();
        ArrayNode off = document.putArray("disabled");
        disabled.forEach(off::add);
        ArrayNode on = document.putArray("enabled");
        enabled.forEach(on::add);
        state.write(DOCUMENT, document);
    }
}
