package io.lakeport.storage.state;

import io.lakeport.core.secret.Secret;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.state.StateStoreContext;
import io.lakeport.core.state.StateStoreProvider;
import io.lakeport.storage.option.Options;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * State in PostgreSQL 12 or newer, for several hosts. Properties: {@code url} ({@code postgresql://host:port/database}),
 * {@code user}, {@code schema} (default {@code lakeport}), {@code connections} (1 to 100, default 8), {@code tls}
 * ({@code verify-full}, {@code require} or {@code off}; default {@code verify-full}, and {@code off} on this machine),
 * {@code root_certificate} (file), {@code timeout_seconds} (1 to 300, default 10), {@code migrate} ({@code auto} or
 * {@code manual}). Secret: {@code password}.
 */
public final class PostgresStateStoreProvider implements StateStoreProvider {
    private static final String OWNER = "state store 'postgresql'";
    private static final Set<String> PROPERTIES =
            Set.of("url", "user", "schema", "connections", "tls", "root_certificate", "timeout_seconds", "migrate");
    private static final int MOST_CONNECTIONS = 100;

    private final Dialect dialect;

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public PostgresStateStoreProvider() {
        this(new PostgresDialect());
    }

    PostgresStateStoreProvider(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public StateStore open(StateStoreContext context) {
        Options options = Options.of(OWNER, context.properties(), PROPERTIES);
        Options.requireKnown(OWNER, "secret", context.secrets().keySet(), Set.of("password"));
        PostgresPlace place = PostgresPlace.of(options);
        Duration timeout = StoreOptions.timeout(options);
        boolean migrate = StoreOptions.migrate(options);
        long connections = options.number("connections", 1, 8);
        if (connections > MOST_CONNECTIONS) {
            throw options.malformed("connections", "expected at most " + MOST_CONNECTIONS);
        }
        Optional<Secret> password = Optional.ofNullable(context.secrets().get("password"));
        try {
            return SqlStateStore.open(
                    new PostgresDatabase(place, password, (int) connections, timeout, dialect), migrate);
        } catch (SQLException e) {
            throw PostgresDatabase.failure(place, timeout, e, "opening it");
        }
    }
}
