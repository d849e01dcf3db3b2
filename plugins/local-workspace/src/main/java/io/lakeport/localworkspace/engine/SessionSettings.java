package io.lakeport.localworkspace.engine;

import java.util.Map;
import java.util.Optional;

/**
 * How a session starts.
 *
 * @param user the principal whose name {@code current_user()} returns
 * @param catalog current catalog, empty for the engine's default
 * @param schema current schema, empty for the engine's default
 * @param configuration session configuration by name, for example {@code TIMEZONE}
 */
public record SessionSettings(
        String user, Optional<String> catalog, Optional<String> schema, Map<String, String> configuration) {
    public SessionSettings {
        configuration = Map.copyOf(configuration);
    }
}
