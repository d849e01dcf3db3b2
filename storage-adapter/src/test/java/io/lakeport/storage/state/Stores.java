package io.lakeport.storage.state;

import io.lakeport.core.secret.Secret;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.state.StateStoreContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Opens stores. */
final class Stores {
    private Stores() {}

    static StateStore embedded(Path folder, Map<String, String> more) {
        return embedded(folder, more, Clock.systemUTC());
    }

    static StateStore embedded(Path folder, Map<String, String> more, Clock clock) {
        Map<String, String> properties = new HashMap<>(Map.of("file", "state/lakeport.db"));
        properties.putAll(more);
        return new EmbeddedStateStoreProvider().open(new StateStoreContext(properties, Map.of(), folder, clock));
    }

    static StateStore postgres(int port, Map<String, String> more, String password) {
        return postgres(port, more, password, new PostgresDialect());
    }

    static StateStore postgres(int port, Map<String, String> more, String password, Dialect dialect) {
        Map<String, String> properties = new HashMap<>(
                Map.of("url", "postgresql://127.0.0.1:" + port + "/postgres", "user", "postgres", "connections", "4"));
        properties.putAll(more);
        return new PostgresStateStoreProvider(dialect)
                .open(new StateStoreContext(
                        properties, Map.of("password", Secret.of(password)), Path.of("."), Clock.systemUTC()));
    }
}
