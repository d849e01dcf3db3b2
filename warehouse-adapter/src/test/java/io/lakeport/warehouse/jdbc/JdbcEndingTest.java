package io.lakeport.warehouse.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.core.time.Deadline;
import io.lakeport.localworkspace.http.LoggedRequest;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A statement that is given up has ended on the server before the caller hears of it. */
@Timeout(90)
class JdbcEndingTest {
    private static final String SLOW =
            "SELECT sum(a.id * b.id) AS s FROM range(100000000) AS a CROSS JOIN range(1000000) AS b";
    private static LocalWorkspace workspace;

    private final MemoryBudget budget = MemoryBudget.of("test", 16L << 20);

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private Warehouse open() {
        workspace.requests().clear();
        return LocalWarehouse.open(
                workspace.connection(), UserAgentEntry.parse("Acme_Widget/1.0"), workspace.connection()::token, budget);
    }

    private static StatementRequest request(String sql, Duration within) {
        return StatementRequest.of(sql).build(Deadline.after(within));
    }

    @Test
    void execute_pastItsDeadline_cancelsOnTheServerAndClosesTheSession() {
        try (Warehouse warehouse = open()) {
            Throwable failure = catchThrowable(() -> warehouse.execute(request(SLOW, Duration.ofSeconds(4))));

            assertCategory(failure, ErrorCategory.DEADLINE_EXCEEDED);
            assertCancelledAndClosed();
        }
    }

    @Test
    void close_whileAStatementRuns_cancelsItOnTheServer() throws Exception {
        Warehouse warehouse = open();
        CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(
                () -> catchThrowable(() -> warehouse.execute(request(SLOW, Duration.ofMinutes(1)))));
        while (calls("POST", "/statements/").isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        warehouse.close();

        assertCategory(failure.get(30, TimeUnit.SECONDS), ErrorCategory.CANCELLED);
        assertCancelledAndClosed();
    }

    @Test
    void close_resultThatWasNotRead_closesTheSession() {
        try (Warehouse warehouse = open()) {
            ResultStream result = warehouse.execute(request("SELECT id FROM range(3000000)", Duration.ofMinutes(1)));
            result.next().orElseThrow().close();
            result.close();

            assertThat(calls("DELETE", "/sessions/")).hasSize(1);
            assertThat(budget.used()).isZero();
        }
    }

    /** A token that ends while the result is read is replaced in the session, which could not be closed otherwise. */
    @Test
    void next_tokenReplacedWhileReading_goesOnWithTheNewOne() {
        Secret first = workspace.identities().addToken(workspace.principal(), Duration.ofHours(1));
        Secret second = workspace.identities().addToken(workspace.principal(), Duration.ofHours(1));
        AtomicReference<Secret> current = new AtomicReference<>(first);
        workspace.requests().clear();
        try (Warehouse warehouse = LocalWarehouse.open(
                workspace.connection(), UserAgentEntry.parse("Acme_Widget/1.0"), current::get, budget)) {
            ResultStream result = warehouse.execute(request("SELECT id FROM range(600000)", Duration.ofMinutes(1)));
            long rows = 0;
            for (Optional<ResultChunk> next = result.next(); next.isPresent(); next = result.next()) {
                rows += next.get().rowCount();
                next.get().close();
                if (current.compareAndSet(first, second)) {
                    workspace.identities().revokeToken(first);
                }
            }
            assertThat(rows).isEqualTo(600_000);
        }
        assertThat(calls("DELETE", "/sessions/")).hasSize(1).allMatch(r -> r.status() == 200);
    }

    private static void assertCategory(Throwable failure, ErrorCategory category) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.category()).as(e.getMessage()).isEqualTo(category));
    }

    private static void assertCancelledAndClosed() {
        assertThat(calls("POST", "/cancel")).isNotEmpty().allMatch(r -> r.status() == 200);
        assertThat(calls("DELETE", "/sessions/")).hasSize(1);
    }

    private static List<LoggedRequest> calls(String method, String part) {
        return workspace.requests().all().stream()
                .filter(r -> r.method().equals(method) && r.path().contains(part))
                .toList();
    }
}
