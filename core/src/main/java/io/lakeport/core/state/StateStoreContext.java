package io.lakeport.core.state;

import io.lakeport.core.secret.Secret;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/**
 * What a state store may use.
 *
 * @param properties what may be shown, for example {@code file} or {@code url}
 * @param secrets what may not, for example {@code password}
 * @param folder where relative paths of properties begin
 * @param clock tells the time where the database has none of its own
 */
public record StateStoreContext(Map<String, String> properties, Map<String, Secret> secrets, Path folder, Clock clock) {
    public StateStoreContext {
        properties = Map.copyOf(properties);
        secrets = Map.copyOf(secrets);
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(clock, "clock");
    }
}
