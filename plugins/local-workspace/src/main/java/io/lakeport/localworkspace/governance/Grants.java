package io.lakeport.localworkspace.governance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.state.StateFiles;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Which privileges were granted to whom. Thread-safe; survives a restart as its {@link StateFiles} do. */
public final class Grants {
    private static final String DOCUMENT = "unity-grants";

    private final StateFiles state;

    /** Who granted each privilege; these maps are replaced, never changed, so that they can be read without a lock. */
    private final Map<Securable, Map<String, Map<Privilege, String>>> granted = new ConcurrentHashMap<>();

    Grants(StateFiles state) {
        this.state = state;
        state.read(DOCUMENT)
                .ifPresent(d -> d.path("grants").forEach(n -> {
                    Map<Privilege, String> privileges = new EnumMap<>(Privilege.class);
                    n.path("privileges")
                            .properties()
                            .forEach(p -> privileges.put(
                                    Privilege.valueOf(p.getKey()), p.getValue().asText()));
                    on(SecurableJson.readName(n)).put(n.path("principal").asText(), privileges);
                }));
    }

    private Map<String, Map<Privilege, String>> on(Securable securable) {
        return granted.computeIfAbsent(securable, s -> new ConcurrentHashMap<>());
    }

    /** Returns what was granted on the object itself, by principal in order of their names. */
    public Map<String, Set<Privilege>> of(Securable securable) {
        Map<String, Set<Privilege>> all = new TreeMap<>();
        granted.getOrDefault(securable, Map.of())
                .forEach((principal, privileges) -> all.put(principal, EnumSet.copyOf(privileges.keySet())));
        return all;
    }

    /** Returns who granted what was granted on the object itself, by principal in order of their names. */
    public Map<String, Map<Privilege, String>> grantors(Securable securable) {
        return new TreeMap<>(granted.getOrDefault(securable, Map.of()));
    }

    /** Whether one of the principals has the privilege on the object itself, by its name or ALL PRIVILEGES. */
    boolean has(Collection<String> principals, Privilege privilege, Securable securable) {
        Map<String, Map<Privilege, String>> here = granted.get(securable);
        if (here == null) {
            return false;
        }
        for (String principal : principals) {
            Map<Privilege, String> privileges = here.get(principal);
            if (privileges != null
                    && (privileges.containsKey(privilege)
                            || privilege.inAll() && privileges.containsKey(Privilege.ALL_PRIVILEGES))) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the principals has a privilege on the object itself that applies to objects of a type. */
    boolean hasAny(Collection<String> principals, Securable securable, SecurableType type) {
        Map<String, Map<Privilege, String>> here = granted.get(securable);
        return here != null
                && principals.stream()
                        .map(p -> here.getOrDefault(p, Map.of()))
                        .anyMatch(all -> all.keySet().stream().anyMatch(p -> p.appliesTo(type)));
    }

    /** Grants privileges; those already granted stay as they were granted. */
    synchronized void add(Securable securable, String principal, Set<Privilege> privileges, String by) {
        if (privileges.isEmpty()) {
            return;
        }
        Map<Privilege, String> next = new EnumMap<>(Privilege.class);
        privileges.forEach(p -> next.put(p, by));
        next.putAll(on(securable).getOrDefault(principal, Map.of()));
        on(securable).put(principal, next);
        save();
    }

    /** Takes privileges back; those never granted do not matter. ALL PRIVILEGES takes back itself only. */
    synchronized void remove(Securable securable, String principal, Set<Privilege> privileges) {
        Map<Privilege, String> old = on(securable).getOrDefault(principal, Map.of());
        if (old.isEmpty() || privileges.isEmpty()) {
            return;
        }
        Map<Privilege, String> left = new EnumMap<>(old);
        left.keySet().removeAll(privileges);
        if (left.isEmpty()) {
            on(securable).remove(principal);
        } else {
            on(securable).put(principal, left);
        }
        save();
    }

    /** Forgets what was granted on an object and on all that lies in it. */
    synchronized void removeAll(Securable securable) {
        if (granted.keySet().removeIf(securable::contains)) {
            save();
        }
    }

    /** Keeps what was granted on an object, and on all that lies in it, under another name. */
    synchronized void rename(Securable from, Securable to) {
        List<Securable> inside =
                granted.keySet().stream().filter(from::contains).toList();
        for (Securable s : inside) {
            Map<String, Map<Privilege, String>> grants = granted.remove(s);
            if (grants != null) {
                granted.put(Moves.moved(s, from, to), grants);
            }
        }
        if (!inside.isEmpty()) {
            save();
        }
    }

    private void save() {
        ObjectNode document = Json.object();
        ArrayNode all = document.putArray("grants");
        granted.entrySet().stream()
                .sorted(Comparator.comparing(e -> e.getKey().type() + e.getKey().fullName()))
                .forEach(e -> new TreeMap<>(e.getValue())
                        .forEach((String principal, Map<Privilege, String> privileges) -> {
                            ObjectNode node = SecurableJson.name(e.getKey()).put("principal", principal);
                            ObjectNode names = node.putObject("privileges");
                            privileges.forEach((p, by) -> names.put(p.name(), by));
                            all.add(node);
                        }));
        state.write(DOCUMENT, document);
    }
}
