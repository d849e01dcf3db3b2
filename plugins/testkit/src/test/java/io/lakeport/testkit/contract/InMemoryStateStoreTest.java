package io.lakeport.testkit.contract;

import io.lakeport.core.state.InMemoryStateStore;
import io.lakeport.core.state.StateStore;
import java.time.Clock;

/** It stands here, because the contract does not know the core's tests. */
class InMemoryStateStoreTest implements StateStoreContract {
    @Override
    public StateStore emptyStore() {
        return new InMemoryStateStore(Clock.systemUTC());
    }
}
