package io.lakeport.warehouse.sea;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.arrow.ArrowRowCursor;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.query.WarehouseProvider;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.time.Deadline;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What only a whole workspace can prove: its history, its links, its tokens. */
class SeaLocalWorkspaceTest {
    private static LocalWorkspace workspace;

    private final MemoryBudget budget = MemoryBudget.of("test", 64L << 20);

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static TokenSource tokens() {
        AccessToken token = new AccessToken(workspace.connection().token(), Instant.EPOCH, Optional.empty());
        return deadline -> token;
    }

    private static StatementRequest request(String sql) {
        return StatementRequest.of(sql).build(Deadline.after(Duration.ofSeconds(60)));
    }

    @Test
    void execute_answerLost_findsTheStatementInTheRealHistoryAndRunsItOnce() {
        SimulatorConnection connection = workspace.connection();
        WarehouseContext direct = Bench.local(connection, tokens(), budget);
        try (ForgetfulProxy proxy = new ForgetfulProxy(connection.httpUrl());
                Warehouse setup = new SeaWarehouseProvider().open(direct);
                SeaWarehouse lossy = new SeaWarehouse(
                        Bench.behind(proxy.url(), connection, tokens(), budget, Guard.NONE),
                        SeaLimits.usual(1 << 20, WarehouseContext.LOOKUP))) {
            setup.execute(request("CREATE TABLE lost_answer (id BIGINT)")).close();

            lossy.execute(request("INSERT INTO lost_answer VALUES (7)")).close();

            try (RowCursor rows =
                    ArrowRowCursor.over(setup.execute(request("SELECT count(*) AS n FROM lost_answer")))) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(0)).isEqualTo(1);
            }
            assertThat(proxy.posts).hasValue(1);
        }
        assertThat(budget.used()).isZero();
    }

    @Test
    @Tag("AK-04")
    void execute_aMillionRowsThroughLinks_areReadWithinTheBudget() {
        WarehouseProvider provider = ServiceLoader.load(WarehouseProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.scheme().equals("sea"))
                .findFirst()
                .orElseThrow();
        String sql = "SELECT id, id * 3 AS b, cast(id AS STRING) AS c, id % 7 AS d FROM range(1000000)";
        long rows = 0;
        try (Warehouse warehouse = provider.open(Bench.local(workspace.connection(), tokens(), budget));
                ResultStream stream = warehouse.execute(request(sql))) {
            for (var next = stream.next(); next.isPresent(); next = stream.next()) {
                try (ResultChunk chunk = next.get()) {
                    assertThat(chunk.rowOffset()).isEqualTo(rows);
                    rows += chunk.rowCount();
                }
            }
        }
        assertThat(rows).isEqualTo(1_000_000);
        assertThat(budget.peak()).isLessThanOrEqualTo(budget.capacity());
        assertThat(budget.used()).isZero();
    }
}
