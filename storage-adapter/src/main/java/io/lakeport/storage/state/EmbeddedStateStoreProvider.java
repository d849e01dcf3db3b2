package io.lakeport.storage.state;

import io.lakeport.core.state.StateStore;
import io.lakeport.core.state.StateStoreContext;
import io.lakeport.core.state.StateStoreProvider;
import io.lakeport.storage.option.Options;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/**
 * State in one file of this machine. Properties: {@code file} (default {@code state/lakeport.db}; not on a network
 * drive, whose locks cannot be trusted), {@code timeout_seconds} (1 to 300, default 10), {@code migrate} ({@code auto}
 * or {@code manual}). No secrets.
 */
public final class EmbeddedStateStoreProvider implements StateStoreProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public EmbeddedStateStoreProvider() {}

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public StateStore open(StateStoreContext context) {
        String owner = "state store 'embedded'";
        Options options = Options.of(owner, context.properties(), Set.of("file", "timeout_seconds", "migrate"));
        Options.requireKnown(owner, "secret", context.secrets().keySet(), Set.of());
        Duration timeout = StoreOptions.timeout(options);
        boolean migrate = StoreOptions.migrate(options);
        Path file = file(options, context.folder());
        try {
            return SqlStateStore.open(new EmbeddedDatabase(file, timeout, context.clock()), migrate);
        } catch (SQLException e) {
            throw EmbeddedDatabase.failure(file, timeout, e, "opening it");
        }
    }

    private static Path file(Options options, Path folder) {
        String text = options.text("file").orElse("state/lakeport.db");
        try {
            if (!text.isBlank()) {
                return folder.resolve(text).toAbsolutePath().normalize();
            }
        } catch (InvalidPathException e) {
            throw options.malformed("file", "it is no path; expected for example state/lakeport.db");
        }
        throw options.malformed("file", "expected a path, for example state/lakeport.db");
    }
}
