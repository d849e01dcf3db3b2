package io.lakeport.warehouse.sea;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Isolation;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantScope;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.tenant.WorkspaceHost;
import io.lakeport.core.time.Deadline;
import io.lakeport.warehouse.memory.DirectBuffers;
import io.lakeport.warehouse.result.DownloadLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A fake workspace, a warehouse on it, and the checks that hold after every test. */
final class Bench implements AutoCloseable {
    static final long BUDGET = 64L << 20;
    static final String USER_AGENT = "Acme_Widget/1.2.3";

    final FakeApi api = new FakeApi();
    final RepeatingGuard guard = new RepeatingGuard();
    final MemoryBudget budget = MemoryBudget.of("test", BUDGET);
    final Tokens tokens = new Tokens();
    final SeaWarehouse warehouse = open(limits());

    /** Hands out a new token after each refusal. */
    static final class Tokens implements TokenSource {
        final List<String> refused = new CopyOnWriteArrayList<>();

        @Override
        public AccessToken token(Deadline deadline) {
            return new AccessToken(Secret.of("token-" + refused.size()), Instant.EPOCH, Optional.empty());
        }

        @Override
        public void reject(AccessToken token) {
            refused.add(token.value().reveal());
        }
    }

    /** Bounds that a busy machine does not reach. */
    static SeaLimits limits() {
        return limits(BUDGET, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10));
    }

    static SeaLimits limits(long window, Duration stall, Duration memoryWait, Duration lookup) {
        return new SeaLimits(
                new DownloadLimits(3, window, stall, Duration.ofSeconds(30), memoryWait),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofSeconds(10),
                lookup);
    }

    SeaWarehouse open(SeaLimits limits, Clock clock) {
        WarehouseContext usual = context(api.url(), tokens, budget, guard);
        return new SeaWarehouse(
                new WarehouseContext(usual.tenant(), usual.warehouse(), tokens, budget, guard, clock), limits);
    }

    SeaWarehouse open(SeaLimits limits) {
        return new SeaWarehouse(context(api.url(), tokens, budget, guard), limits);
    }

    static WarehouseContext context(String url, TokenSource tokens, MemoryBudget budget, Guard guard) {
        return context(url, WarehouseId.of(FakeApi.WAREHOUSE), "main", "default", tokens, budget, guard);
    }

    static WarehouseContext local(SimulatorConnection connection, TokenSource tokens, MemoryBudget budget) {
        return behind(connection.httpUrl().toString(), connection, tokens, budget, Guard.NONE);
    }

    /** Returns the context of a workspace that is reached under another URL. */
    static WarehouseContext behind(
            String url, SimulatorConnection connection, TokenSource tokens, MemoryBudget budget, Guard guard) {
        return context(
                url,
                WarehouseId.of(connection.warehouseId()),
                connection.catalog(),
                connection.schema(),
                tokens,
                budget,
                guard);
    }

    private static WarehouseContext context(
            String url,
            WarehouseId warehouse,
            String catalog,
            String schema,
            TokenSource tokens,
            MemoryBudget budget,
            Guard guard) {
        Tenant tenant = new Tenant(
                TenantId.of("acme"),
                WorkspaceHost.parse(url),
                List.of(warehouse),
                "sea",
                Optional.of(catalog),
                Optional.of(schema),
                IdentitySettings.pat(Secret.of("unused")),
                Isolation.SEPARATE_CREDENTIALS,
                new TenantScope(Set.of(), Set.of(), AccessProfile.READ),
                UserAgentEntry.parse(USER_AGENT),
                Duration.ofMinutes(1));
        return new WarehouseContext(tenant, warehouse, tokens, budget, guard, Clock.systemUTC());
    }

    static StatementRequest request() {
        return request(Duration.ofSeconds(20));
    }

    static StatementRequest request(Duration time) {
        return StatementRequest.of("SELECT secret_column FROM t").build(Deadline.after(time));
    }

    /** Reads everything, closing each chunk, and returns how many rows there were. */
    static long drain(ResultStream stream) {
        long rows = 0;
        for (Optional<ResultChunk> next = stream.next(); next.isPresent(); next = stream.next()) {
            try (ResultChunk chunk = next.get()) {
                assertThat(chunk.rowOffset()).isEqualTo(rows);
                rows += chunk.rowCount();
            }
        }
        return rows;
    }

    /** Reads everything, closing each chunk, and returns the ids. */
    static List<Long> read(ResultStream stream) {
        List<Long> ids = new ArrayList<>();
        Optional<ResultChunk> next = stream.next();
        while (next.isPresent()) {
            try (ResultChunk chunk = next.get()) {
                assertThat(chunk.rowOffset()).isEqualTo(ids.size());
                byte[] bytes = new byte[chunk.data().remaining()];
                chunk.data().get(bytes);
                for (long id : ArrowBytes.ids(bytes)) {
                    ids.add(id);
                }
            }
            next = stream.next();
        }
        stream.close();
        return ids;
    }

    /** Closes everything and asserts that nothing was left reserved. */
    @Override
    public void close() {
        warehouse.close();
        api.close();
        assertThat(budget.used()).as("bytes left reserved").isZero();
        assertThat(DirectBuffers.shared().usedBytes())
                .as("bytes of buffers not given back")
                .isZero();
    }
}
