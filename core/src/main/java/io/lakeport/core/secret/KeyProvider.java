package io.lakeport.core.secret;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** SPI: opens master keys of one kind. Found by {@link java.util.ServiceLoader}; thread-safe and stateless. */
public interface KeyProvider {
    /** Returns the name by which configuration chooses it, for example {@code file}. */
    String name();

    /**
     * Opens the keys.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST naming a setting that is missing, unknown or
     *     malformed, or (MASTER_KEY_MISSING, MASTER_KEY_UNUSABLE) a key that cannot be used
     */
    MasterKeys open(KeyContext context);

    /**
     * What keys are opened with.
     *
     * @param properties what may be shown, for example {@code path}
     * @param secrets what may not, for example {@code key}
     * @param folder where relative paths begin
     */
    record KeyContext(Map<String, String> properties, Map<String, Secret> secrets, Path folder) {
        public KeyContext {
            properties = Map.copyOf(properties);
            secrets = Map.copyOf(secrets);
            Objects.requireNonNull(folder, "folder");
        }
    }
}
