package io.lakeport.localworkspace.governance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.state.StateFiles;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * What is kept of objects: their owners, ids, comments. Objects that nobody created here, such as files loaded at the
 * start, are known by defaults. Thread-safe; survives a restart as its {@link StateFiles} do.
 */
public final class Securables {
    /** Owner of what the workspace brings along, as Databricks names it. */
    public static final String SYSTEM_USER = "System user";

    private static final String DOCUMENT = "unity-securables";

    private final StateFiles state;
    private final Clock clock;
    private final String defaultOwner;
    private final long startedAt;
    private final Map<Securable, SecurableInfo> known = new ConcurrentHashMap<>();

    /** Tables as they were when they were dropped last, since they can come back. */
    private final Map<Securable, SecurableInfo> dropped = new ConcurrentHashMap<>();

    Securables(StateFiles state, Clock clock, String defaultOwner) {
        this.state = state;
        this.clock = clock;
        this.defaultOwner = defaultOwner;
        this.startedAt = clock.millis();
        state.read(DOCUMENT).ifPresent(d -> {
            read(d.path("securables"), known);
            read(d.path("dropped"), dropped);
        });
    }

    private static void read(JsonNode array, Map<Securable, SecurableInfo> into) {
        array.forEach(n -> {
            SecurableInfo info = SecurableJson.read(n);
            into.put(info.securable(), info);
        });
    }

    /** Returns what is kept of an object, if anything was ever said of it. */
    public Optional<SecurableInfo> find(Securable securable) {
        return Optional.ofNullable(known.get(securable));
    }

    /** Returns what is kept of an object that exists; defaults when nothing was said of it yet. */
    public SecurableInfo get(Securable securable) {
        SecurableInfo info = known.get(securable);
        return info != null ? info : byDefault(securable);
    }

    private SecurableInfo byDefault(Securable s) {
        String root = s.name().isEmpty() ? "" : s.name().get(0);
        boolean brought = s.type().levels() > 0
                && (root.equals("system")
                        || root.equals("samples")
                        || s.lastName().equals("information_schema"))
                && s.type() != SecurableType.EXTERNAL_LOCATION
                && s.type() != SecurableType.STORAGE_CREDENTIAL;
        String owner = brought ? SYSTEM_USER : defaultOwner;
        String id = UUID.nameUUIDFromBytes((s.type() + ":" + s.fullName()).getBytes(StandardCharsets.UTF_8))
                .toString();
        return new SecurableInfo(s, id, owner, startedAt, owner, startedAt, owner, null, Map.of(), Map.of());
    }

    /** Keeps a new object, owned by who created it; what was kept under that name is forgotten. */
    public synchronized SecurableInfo create(Securable securable, String by, Map<String, String> details) {
        String id = UUID.randomUUID().toString();
        long now = clock.millis();
        SecurableInfo info = new SecurableInfo(securable, id, by, now, by, now, by, null, Map.of(), details);
        known.put(securable, info);
        save();
        return info;
    }

    /** Changes what is kept of an object. */
    public synchronized SecurableInfo update(Securable securable, String by, UnaryOperator<SecurableInfo> change) {
        SecurableInfo info = change.apply(get(securable)).touched(by, clock.millis());
        known.put(securable, info);
        save();
        return info;
    }

    /** Forgets an object and all that lies in it; who owned tables is kept for the case that they come back. */
    synchronized void remove(Securable securable) {
        List<SecurableInfo> gone = known.values().stream()
                .filter(i -> securable.contains(i.securable()))
                .toList();
        for (SecurableInfo i : gone) {
            known.remove(i.securable());
            if (i.securable().type() == SecurableType.TABLE) {
                dropped.put(i.securable(), i);
            }
        }
        if (!gone.isEmpty()) {
            save();
        }
    }

    /** Returns what was kept of a table that was dropped; defaults when nothing was said of it. */
    SecurableInfo dropped(Securable table) {
        SecurableInfo info = dropped.get(table);
        return info != null ? info : byDefault(table);
    }

    /** Keeps again what was kept of a table before it was dropped. */
    synchronized void restore(Securable table) {
        SecurableInfo info = dropped.remove(table);
        if (info != null) {
            known.put(table, info);
            save();
        }
    }

    /** Keeps an object, and all that lies in it, under another name. */
    synchronized void rename(Securable from, Securable to) {
        List<SecurableInfo> moved = known.values().stream()
                .filter(i -> from.contains(i.securable()))
                .toList();
        moved.forEach(i -> known.remove(i.securable()));
        known.put(to, get(from).withName(to));
        for (SecurableInfo i : moved) {
            Securable other = Moves.moved(i.securable(), from, to);
            known.put(other, i.withName(other));
        }
        save();
    }

    /** Returns the objects of a type that were created here, in order of their names. */
    public List<SecurableInfo> all(SecurableType type) {
        return known.values().stream()
                .filter(i -> i.securable().type() == type)
                .sorted(Comparator.comparing(i -> i.securable().fullName()))
                .toList();
    }

    /** Returns the objects of any type that were created here with this id. */
    public Optional<SecurableInfo> byId(String id) {
        return known.values().stream().filter(i -> i.id().equals(id)).findFirst();
    }

    private void save() {
        ObjectNode document = Json.object();
        write(document.putArray("securables"), known);
        write(document.putArray("dropped"), dropped);
        state.write(DOCUMENT, document);
    }

    private static void write(ArrayNode array, Map<Securable, SecurableInfo> from) {
        from.values().stream()
                .sorted(Comparator.comparing(
                        i -> i.securable().type() + i.securable().fullName()))
                .map(SecurableJson::write)
                .forEach((JsonNode n) -> array.add(n));
    }
}
