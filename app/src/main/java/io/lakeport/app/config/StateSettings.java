package io.lakeport.app.config;

import io.lakeport.core.secret.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Where Lakeport keeps what outlives the process.
 *
 * @param provider name of the state store provider; {@code memory} keeps nothing beyond the process
 * @param properties of the provider, for example {@code file} or {@code url}
 * @param secrets of the provider, for example {@code password}
 * @param folder where relative paths of properties begin
 */
public record StateSettings(String provider, Map<String, String> properties, Map<String, Secret> secrets, Path folder) {
    /** Name of the store that is in memory only. */
    public static final String MEMORY = "memory";

    public StateSettings {
        Objects.requireNonNull(provider, "provider");
        properties = Map.copyOf(properties);
        secrets = Map.copyOf(secrets);
        Objects.requireNonNull(folder, "folder");
    }

    /** Returns state that ends with the process. */
    public static StateSettings inMemory() {
        return new StateSettings(MEMORY, Map.of(), Map.of(), Path.of("."));
    }

    /** Returns state in a file of this machine. */
    public static StateSettings embedded(Path file) {
        return new StateSettings(
                "embedded", Map.of("file", file.toAbsolutePath().toString()), Map.of(), Path.of("."));
    }
}
