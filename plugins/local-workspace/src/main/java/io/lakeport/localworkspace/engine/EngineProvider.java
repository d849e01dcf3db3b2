package io.lakeport.localworkspace.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** Brings a SQL engine that a workspace can be started on by name. Found by {@link ServiceLoader} on the class path. */
public interface EngineProvider {
    /** Returns the name that {@code --engine} takes, for example {@code spark}. */
    String name();

    /**
     * Opens an engine.
     *
     * @param dataDirectory where catalogs live and survive a restart; empty for memory only
     * @throws EngineException when the engine cannot keep data there
     */
    Engine open(Optional<Path> dataDirectory);

    /**
     * Returns the provider of that name.
     *
     * @throws IllegalArgumentException naming those that there are
     */
    static EngineProvider named(String name) {
        TreeSet<String> names = new TreeSet<>();
        for (EngineProvider provider :
                ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader())) {
            if (provider.name().equals(name)) {
                return provider;
            }
            names.add(provider.name());
        }
        throw new IllegalArgumentException("There is no engine " + name + " on the class path, only " + names
                + "; the engine spark is the jar lakeport-spark-engine and what it depends on.");
    }
}
