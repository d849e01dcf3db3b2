package io.lakeport.app.wiring;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.RunningStatement;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.tenancy.TenantDeletion;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.time.Deadline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what runs for a tenant that is suspended or deleted. Thread-safe. */
public final class TenantEnding {
    private static final Logger LOG = LoggerFactory.getLogger(TenantEnding.class);

    private final SharedParts shared;
    private final Function<TenantId, List<TenantParts>> take;

    TenantEnding(SharedParts shared, Function<TenantId, List<TenantParts>> take) {
        this.shared = shared;
        this.take = take;
    }

    /**
     * What became of the statements that ran.
     *
     * @param ended how many are terminal on the server, as it said
     * @param statements their ids, as far as they are known
     */
    public record Ended(long ended, List<String> statements) {
        public Ended {
            statements = List.copyOf(statements);
        }
    }

    /** A statement that may run: its id where it is known, else its tag. */
    private record Open(WarehouseId warehouse, Optional<StatementId> id) {}

    /**
     * Ends the statements of a tenant, of this process and of others on this host that keep note of theirs, and returns
     * once the server says that they are terminal. The tenant must not be active any more.
     *
     * @throws LakeportException DEADLINE_EXCEEDED when that was not confirmed in time; as the workspace answered
     */
    public Ended statements(TenantId id, Deadline deadline) {
        shared.directory().forget(id);
        Map<String, Open> open = new LinkedHashMap<>();
        List<TenantParts> parts = take.apply(id);
        for (TenantParts part : parts) {
            for (LeasedUse use : part.retire()) {
                String key = use.tag().isEmpty()
                        ? use.statement().map(StatementId::value).orElse("")
                        : use.tag();
                if (!key.isEmpty()) {
                    open.put(key, new Open(use.warehouse(), use.statement()));
                }
                quietly(use);
            }
        }
        shared.running().of(id).forEach(other -> open.putIfAbsent(other.tag(), open(other)));
        parts.forEach(part -> close(part, deadline));
        return open.isEmpty() ? new Ended(0, List.of()) : confirm(id, open, deadline);
    }

    private static Open open(RunningStatement other) {
        return new Open(other.warehouse(), Optional.empty());
    }

    /** Whether it is ended is asked of the server afterwards. */
    private static void quietly(LeasedUse use) {
        try {
            use.end();
        } catch (RuntimeException e) {
            LOG.debug(
                    "the result of a statement of tenant '{}' was not closed",
                    use.parts().tenant().id(),
                    e);
        }
    }

    private static void close(TenantParts part, Deadline deadline) {
        part.close();
        if (!part.awaitUnused(deadline)) {
            throw Deadline.expired(
                    "the end of the calls of tenant '" + part.tenant().id() + "'");
        }
    }

    private Ended confirm(TenantId id, Map<String, Open> open, Deadline deadline) {
        Tenant tenant = shared.directory()
                .find(id)
                .orElseThrow(() -> new LakeportException(
                        CoreError.UNKNOWN_TENANT,
                        "tenant '" + id + "' has " + open.size() + " statements that may run, and nothing says any"
                                + " more how it signs in to end them"));
        TenantParts own = new TenantParts(tenant, -1, shared, Optional.empty());
        try {
            List<String> ended = new ArrayList<>();
            Map<WarehouseId, Warehouse> warehouses = new HashMap<>();
            // Retired from the beginning: it may sign in although the tenant is not active.
            var unused = own.retire();
            for (Map.Entry<String, Open> one : open.entrySet()) {
                Warehouse warehouse = warehouses.computeIfAbsent(one.getValue().warehouse(), own::recorded);
                Optional<StatementId> found = one.getValue().id().or(() -> warehouse.find(one.getKey(), deadline));
                found.ifPresent(statement -> {
                    warehouse.end(statement, deadline);
                    ended.add(statement.value());
                });
            }
            LOG.info("{} statement(s) of tenant '{}' were ended", ended.size(), id);
            return new Ended(ended.size(), ended);
        } finally {
            own.close();
        }
    }

    /** Returns parts of a tenant that is not active, for its deletion; the caller closes them. */
    TenantParts parts(Tenant tenant) {
        TenantParts own = new TenantParts(tenant, -1, shared, Optional.empty());
        var unused = own.retire();
        return own;
    }

    SharedParts shared() {
        return shared;
    }

    /**
     * Returns deletions of tenants.
     *
     * @param emptyPrefixes whether objects below the tenant's prefixes are deleted as well
     */
    public TenantDeletion deletion(boolean emptyPrefixes) {
        return new TenantDeletion(
                shared.directory().registry(),
                new DeletionSteps(this, emptyPrefixes).all(),
                shared.config().tenancy().proofKey(),
                "process " + ProcessHandle.current().pid() + " thread "
                        + Thread.currentThread().getName());
    }
}
