package io.lakeport.storage.state;

import io.lakeport.core.state.StateStore;
import io.lakeport.testkit.contract.StateBackupContract;
import io.lakeport.testkit.contract.StateHostsContract;
import io.lakeport.testkit.contract.StateStoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStateStoreTest implements StateStoreContract, StateHostsContract, StateBackupContract {
    @TempDir
    Path folder;

    private final List<StateStore> open = new ArrayList<>();

    @Override
    public StateStore emptyStore() {
        return anotherHost();
    }

    @Override
    public StateStore anotherHost() {
        StateStore store = Stores.embedded(folder, Map.of());
        open.add(store);
        return store;
    }

    @AfterEach
    void close() {
        open.forEach(StateStore::close);
    }
}
