package io.lakeport.localworkspace.server;

import io.lakeport.localworkspace.account.HistorySettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What tests may want otherwise than a real workspace has it.
 *
 * @param tokenLifetime life of an OAuth access token; Databricks' live 3600 s
 * @param linkLifetime life of a presigned link; Databricks' live 899 s
 * @param resultLifetime how long results are kept; Databricks keeps them an hour at least
 * @param warehouseStartup time that a stopped warehouse needs to run again
 * @param requestLogCapacity requests that the log remembers
 * @param enforceGovernance whether Unity Catalog's privileges are checked; as on Databricks they are
 * @param accountHistory the invented past of the account that system tables show, empty for none
 * @param bind address that the ports listen on; loopback, so that nobody else reaches the workspace
 * @param clock time for tokens, links, warehouses and history
 */
public record WorkspaceOptions(
        Duration tokenLifetime,
        Duration linkLifetime,
        Duration resultLifetime,
        Duration warehouseStartup,
        int requestLogCapacity,
        boolean enforceGovernance,
        Optional<HistorySettings> accountHistory,
        InetAddress bind,
        Clock clock) {
    /** 127.0.0.1 whatever the JVM prefers: clients are told an address of version 4. */
    private static final InetAddress LOOPBACK = loopback();

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** Returns what a real workspace does, with a warehouse that starts within half a second. */
    public static WorkspaceOptions defaults() {
        return new WorkspaceOptions(
                Duration.ofSeconds(3600),
                Duration.ofSeconds(899),
                Duration.ofHours(1),
                Duration.ofMillis(500),
                10_000,
                true,
                Optional.empty(),
                LOOPBACK,
                Clock.systemUTC());
    }

    /** Returns these options with another life of access tokens. */
    public WorkspaceOptions withTokenLifetime(Duration lifetime) {
        return new WorkspaceOptions(
                lifetime,
                linkLifetime,
                resultLifetime,
                warehouseStartup,
                requestLogCapacity,
                enforceGovernance,
                accountHistory,
                bind,
                clock);
    }

    /** Returns these options with another life of presigned links. */
    public WorkspaceOptions withLinkLifetime(Duration lifetime) {
        return new WorkspaceOptions(
                tokenLifetime,
                lifetime,
                resultLifetime,
                warehouseStartup,
                requestLogCapacity,
                enforceGovernance,
                accountHistory,
                bind,
                clock);
    }

    /** Returns these options with another clock. */
    public WorkspaceOptions withClock(Clock other) {
        return new WorkspaceOptions(
                tokenLifetime,
                linkLifetime,
                resultLifetime,
                warehouseStartup,
                requestLogCapacity,
                enforceGovernance,
                accountHistory,
                bind,
                other);
    }

    /** Returns these options with privileges checked or not. */
    public WorkspaceOptions withEnforceGovernance(boolean enforce) {
        return new WorkspaceOptions(
                tokenLifetime,
                linkLifetime,
                resultLifetime,
                warehouseStartup,
                requestLogCapacity,
                enforce,
                accountHistory,
                bind,
                clock);
    }

    /** Returns these options with an invented past of the account. */
    public WorkspaceOptions withAccountHistory(HistorySettings history) {
        return new WorkspaceOptions(
                tokenLifetime,
                linkLifetime,
                resultLifetime,
                warehouseStartup,
                requestLogCapacity,
                enforceGovernance,
                Optional.of(history),
                bind,
                clock);
    }

    /** Returns these options with another address to listen on. */
    public WorkspaceOptions withBind(InetAddress address) {
        return new WorkspaceOptions(
                tokenLifetime,
                linkLifetime,
                resultLifetime,
                warehouseStartup,
                requestLogCapacity,
                enforceGovernance,
                accountHistory,
                address,
                clock);
    }
}
