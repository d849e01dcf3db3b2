package io.lakeport.app.plugin;

import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers providers while they are found, and decides between those of one name. */
final class ProviderTable {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderTable.class);
    private static final String HOST = "host";

    private record Slot(ProviderKind<?> kind, String name) {}

    private record Owner(Object provider, String origin, int entry) {}

    private final Map<Slot, Owner> owners = new LinkedHashMap<>();
    private final List<PluginReport.Entry> entries = new ArrayList<>();

    <P> void add(String origin, ProviderKind<P> kind, P provider) {
        Set<String> names;
        try {
            names = new TreeSet<>(kind.names().apply(provider));
        } catch (RuntimeException | LinkageError e) {
            quarantine(origin, kind, provider.getClass().getName(), Diagnosis.of(e));
            return;
        }
        if (names.isEmpty() || names.contains("")) {
            quarantine(origin, kind, provider.getClass().getName(), "it gives no name by which it could be chosen");
            return;
        }
        for (String name : names) {
            Owner owner = owners.get(new Slot(kind, name));
            if (owner != null && !takesTheHostsPlace(origin, owner)) {
                quarantine(origin, kind, provider.getClass().getName(), taken(kind, name, owner));
                return;
            }
        }
        names.forEach(name -> own(new Slot(kind, name), origin, provider));
        entries.add(new PluginReport.Entry(
                origin,
                kind.label(),
                String.join(", ", names),
                provider.getClass().getName(),
                PluginReport.Status.ACTIVE,
                Optional.empty()));
    }

    private static boolean takesTheHostsPlace(String origin, Owner owner) {
        return owner.origin().equals(HOST) && !origin.equals(HOST);
    }

    private static String taken(ProviderKind<?> kind, String name, Owner owner) {
        return "the " + kind.label() + " '" + name + "' is brought by " + owner.origin()
                + " already; remove one of the two";
    }

    private void own(Slot slot, String origin, Object provider) {
        Owner before = owners.put(slot, new Owner(provider, origin, entries.size()));
        if (before != null) {
            PluginReport.Entry old = entries.get(before.entry());
            entries.set(
                    before.entry(),
                    new PluginReport.Entry(
                            old.origin(),
                            old.kind(),
                            old.name(),
                            old.type(),
                            PluginReport.Status.REPLACED,
                            Optional.of("the plugin " + origin + " brings '" + slot.name() + "' in its place")));
        }
    }

    void quarantine(String origin, ProviderKind<?> kind, String type, String problem) {
        quarantine(new PluginReport.Entry(
                origin, kind.label(), "", type, PluginReport.Status.QUARANTINED, Optional.of(problem)));
    }

    void quarantine(PluginReport.Entry entry) {
        LOG.warn(
                "plugin {}: {} {} is left out: {}",
                entry.origin(),
                entry.kind(),
                entry.type(),
                entry.problem().orElse(""));
        entries.add(entry);
    }

    Providers toProviders(List<URLClassLoader> loaders) {
        Map<ProviderKind<?>, Map<String, Object>> found = new HashMap<>();
        owners.forEach((slot, owner) ->
                found.computeIfAbsent(slot.kind(), key -> new HashMap<>()).put(slot.name(), owner.provider()));
        return new Providers(found, loaders, new PluginReport(entries));
    }
}
