package io.lakeport.localworkspace.server;

import io.lakeport.localworkspace.account.HistorySettings;
import io.lakeport.localworkspace.file.ExternalStores;
import io.lakeport.localworkspace.file.Mount;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What tests may want otherwise than a real workspace has it.
 *
 * @param tokenLifetime life of an OAuth access token; Databricks' live 3600 s
 * @param linkLifetime life of a presigned link; Databricks' live 899 s
 * @param resultLifetime how long results are kept; Databricks keeps them an hour at least
 * @param warehouseStartup time that a stopped warehouse needs to run again
 * @param chunkRows rows of a full chunk of a result; Databricks' have 122,880
 * @param requestLogCapacity requests that the log remembers
 * @param enforceGovernance whether Unity Catalog's privileges are checked; as on Databricks they are
 * @param accountHistory the invented past of the account that system tables show, empty for none
 * @param stores what stands behind the URLs of object stores
 * @param bind address that the ports listen on; loopback, so that nobody else reaches the workspace
 * @param clock time for tokens, links, warehouses and history
 */
public record WorkspaceOptions(
        Duration tokenLifetime,
        Duration linkLifetime,
        Duration resultLifetime,
        Duration warehouseStartup,
        int chunkRows,
        int requestLogCapacity,
        boolean enforceGovernance,
        Optional<HistorySettings> accountHistory,
        ExternalStores stores,
        InetAddress bind,
        Clock clock) {
    /** Returns what a real workspace does, with a warehouse that starts within half a second. */
    public static WorkspaceOptions defaults() {
        return new Changes().build();
    }

    /** Returns these options with another life of access tokens. */
    public WorkspaceOptions withTokenLifetime(Duration lifetime) {
        return with(changes -> changes.tokenLifetime = lifetime);
    }

    /** Returns these options with another life of presigned links. */
    public WorkspaceOptions withLinkLifetime(Duration lifetime) {
        return with(changes -> changes.linkLifetime = lifetime);
    }

    /** Returns these options with smaller chunks, so that a small result has many; {@code rows} is positive. */
    public WorkspaceOptions withChunkRows(int rows) {
        return with(changes -> changes.chunkRows = rows);
    }

    /** Returns these options with Unity Catalog's privileges checked or not. */
    public WorkspaceOptions withEnforceGovernance(boolean enforce) {
        return with(changes -> changes.enforceGovernance = enforce);
    }

    /** Returns these options with an invented past of the account. */
    public WorkspaceOptions withAccountHistory(HistorySettings history) {
        return with(changes -> changes.accountHistory = Optional.of(history));
    }

    /** Returns these options with other object stores. */
    public WorkspaceOptions withStores(ExternalStores others) {
        return with(changes -> changes.stores = others);
    }

    /** Returns these options with other mounts. */
    public WorkspaceOptions withMounts(List<Mount> mounts) {
        return withStores(stores.withMounts(mounts));
    }

    /** Returns these options with another address to listen on. */
    public WorkspaceOptions withBind(InetAddress address) {
        return with(changes -> changes.bind = address);
    }

    /** Returns these options with another clock. */
    public WorkspaceOptions withClock(Clock other) {
        return with(changes -> changes.clock = other);
    }

    private WorkspaceOptions with(Consumer<Changes> change) {
        Changes changes = new Changes();
        changes.tokenLifetime = tokenLifetime;
        changes.linkLifetime = linkLifetime;
        changes.resultLifetime = resultLifetime;
        changes.warehouseStartup = warehouseStartup;
        changes.chunkRows = chunkRows;
        changes.requestLogCapacity = requestLogCapacity;
        changes.enforceGovernance = enforceGovernance;
        changes.accountHistory = accountHistory;
        changes.stores = stores;
        changes.bind = bind;
        changes.clock = clock;
        change.accept(changes);
        return changes.build();
    }

    /** Options on their way to be changed; begins with what a real workspace does. */
    private static final class Changes {
        private Duration tokenLifetime = Duration.ofSeconds(3600);
        private Duration linkLifetime = Duration.ofSeconds(899);
        private Duration resultLifetime = Duration.ofHours(1);
        private Duration warehouseStartup = Duration.ofMillis(500);
        private int chunkRows = 122_880;
        private int requestLogCapacity = 10_000;
        private boolean enforceGovernance = true;
        private Optional<HistorySettings> accountHistory = Optional.empty();
        private ExternalStores stores = ExternalStores.NONE;
        private InetAddress bind = loopback();
        private Clock clock = Clock.systemUTC();

        /** 127.0.0.1 whatever the JVM prefers: clients are told an address of version 4. */
        private static InetAddress loopback() {
            try {
                return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
            } catch (UnknownHostException e) {
                throw new IllegalStateException("four bytes are an address", e);
            }
        }

        private WorkspaceOptions build() {
            return new WorkspaceOptions(
                    tokenLifetime,
                    linkLifetime,
                    resultLifetime,
                    warehouseStartup,
                    chunkRows,
                    requestLogCapacity,
                    enforceGovernance,
                    accountHistory,
                    stores,
                    bind,
                    clock);
        }
    }
}
