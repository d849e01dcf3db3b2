package io.lakeport.storage.state;

import io.lakeport.core.state.StateStore;
import io.lakeport.testkit.contract.StateBackupContract;
import io.lakeport.testkit.contract.StateHostsContract;
import io.lakeport.testkit.contract.StateStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class PostgresStateStoreTest implements StateStoreContract, StateHostsContract, StateBackupContract {
    @TempDir
    static Path data;

    private static LocalPostgres server;
    private static int schemas;

    private final List<StateStore> open = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        server = LocalPostgres.start(data);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Override
    public StateStore emptyStore() {
        schemas++;
        return anotherHost();
    }

    @Override
    public StateStore anotherHost() {
        StateStore store = Stores.postgres(server.port(), Map.of("schema", "s" + schemas), "any");
        open.add(store);
        return store;
    }

    @AfterEach
    void close() {
        open.forEach(StateStore::close);
    }
}
