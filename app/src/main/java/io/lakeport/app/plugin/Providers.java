package io.lakeport.app.plugin;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.io.IOException;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The providers that work, by kind and name. Thread-safe. Closing it closes the class loaders of plugins. */
public final class Providers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Providers.class);

    private final Map<ProviderKind<?>, Map<String, Object>> byKind = new HashMap<>();
    private final List<URLClassLoader> loaders;
    private final PluginReport report;

    Providers(Map<ProviderKind<?>, Map<String, Object>> found, List<URLClassLoader> loaders, PluginReport report) {
        found.forEach((kind, byName) -> byKind.put(kind, new TreeMap<>(byName)));
        this.loaders = List.copyOf(loaders);
        this.report = report;
    }

    /**
     * Adds a provider that the host gives in code.
     *
     * @throws LakeportException INVALID_REQUEST when its name is taken
     */
    public <P> void add(ProviderKind<P> kind, P provider) {
        Map<String, Object> known = byKind.computeIfAbsent(kind, key -> new TreeMap<>());
        for (String name : kind.names().apply(provider)) {
            if (known.putIfAbsent(name, provider) != null) {
                throw new LakeportException(
                        CoreError.INVALID_CONFIGURATION,
                        "the host gives a" + ("aeio".indexOf(kind.label().charAt(0)) < 0 ? " " : "n ") + kind.label()
                                + " '" + name + "' in code, and that name is taken; choose another");
            }
        }
    }

    /** Returns every provider of a kind, by name. */
    public <P> Map<String, P> all(ProviderKind<P> kind) {
        Map<String, P> typed = new LinkedHashMap<>();
        byKind.getOrDefault(kind, Map.of())
                .forEach((name, provider) -> typed.put(name, kind.type().cast(provider)));
        return typed;
    }

    /** Returns the provider of that name, empty when there is none. */
    public <P> Optional<P> find(ProviderKind<P> kind, String name) {
        return Optional.ofNullable(all(kind).get(name));
    }

    /**
     * Returns the provider of that name.
     *
     * @throws LakeportException INVALID_REQUEST (PROVIDER_MISSING) that lists those there are
     */
    public <P> P require(ProviderKind<P> kind, String name) {
        return find(kind, name).orElseThrow(() -> missing(kind, name));
    }

    private LakeportException missing(ProviderKind<?> kind, String name) {
        List<String> names = new ArrayList<>(all(kind).keySet());
        String broken = report.quarantined().isEmpty()
                ? ""
                : "; " + report.quarantined().size() + " broken plugin part(s) were left out: see 'lakeport plugins'";
        return new LakeportException(
                CoreError.PROVIDER_MISSING,
                "there is no " + kind.label() + " '" + name + "'"
                        + io.lakeport.app.config.Nearest.hint(name, names) + " (there is: "
                        + (names.isEmpty() ? "none" : String.join(", ", names)) + ")" + broken);
    }

    /** Returns what was found and what became of it. */
    public PluginReport report() {
        return report;
    }

    @Override
    public void close() {
        for (URLClassLoader loader : loaders) {
            try {
                loader.close();
            } catch (IOException e) {
                LOG.warn("the class loader {} did not close", loader.getName(), e);
            }
        }
    }
}
