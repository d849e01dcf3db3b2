package io.lakeport.app.config;

import io.lakeport.core.secret.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Where the master keys of the vault are. Sealed secrets themselves are kept in the state store.
 *
 * @param keys name of the key provider, for example {@code file} or {@code variable}
 * @param properties of the provider, for example {@code path}
 * @param secrets of the provider, for example {@code key}
 * @param folder where relative paths of properties begin
 */
public record VaultSettings(String keys, Map<String, String> properties, Map<String, Secret> secrets, Path folder) {
    public VaultSettings {
        Objects.requireNonNull(keys, "keys");
        properties = Map.copyOf(properties);
        secrets = Map.copyOf(secrets);
        Objects.requireNonNull(folder, "folder");
    }

    /** Returns master keys in a file, which is made when it is not there and {@code create} is true. */
    public static VaultSettings file(Path path, boolean create) {
        return new VaultSettings(
                "file",
                Map.of("path", path.toAbsolutePath().toString(), "create", Boolean.toString(create)),
                Map.of(),
                Path.of("."));
    }
}
