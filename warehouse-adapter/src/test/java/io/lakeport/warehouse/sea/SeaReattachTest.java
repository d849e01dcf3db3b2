package io.lakeport.warehouse.sea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.time.Deadline;
import io.lakeport.localworkspace.fault.FaultMatch;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Coming back for a result, beyond what the contract asks. */
class SeaReattachTest {
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

    @AfterEach
    void nothingHeld() {
        workspace.faults().clear();
        assertThat(budget.used()).isZero();
    }

    private Warehouse open() {
        AccessToken token = new AccessToken(workspace.connection().token(), Instant.EPOCH, Optional.empty());
        return new SeaWarehouseProvider().open(Bench.local(workspace.connection(), deadline -> token, budget));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    private static StatementRequest.Builder many() {
        return StatementRequest.of("SELECT id, concat('row ', id) AS name FROM range(400000) ORDER BY id");
    }

    @Test
    void attach_resultThatItsReaderClosed_isExpired() {
        try (Warehouse warehouse = open()) {
            ResultStream read = warehouse.execute(many().build(soon()));
            read.close();

            LakeportException failure = catchThrowableOfType(
                    LakeportException.class, () -> warehouse.attach(read.statementId(), index -> true, soon()));

            assertThat(failure.code()).isEqualTo(CoreError.RESULT_EXPIRED.toErrorCode());
            assertThat(failure.context())
                    .containsEntry("statement_id", read.statementId().value());
        }
    }

    @Test
    void execute_serverClosesTheStatementBeforeItsResultIsFetched_isExpiredAndNotEmpty() {
        workspace.faults().when(FaultMatch.statementLike("400000")).closeStatement();
        try (Warehouse warehouse = open()) {
            for (String sql : List.of("SELECT id FROM range(400000) LIMIT 0", "SELECT id FROM range(400000)")) {
                LakeportException failure = catchThrowableOfType(
                        LakeportException.class,
                        () -> warehouse.execute(StatementRequest.of(sql).build(soon())));

                assertThat(failure.code()).isEqualTo(CoreError.RESULT_EXPIRED.toErrorCode());
                assertThat(failure.context()).containsKey("statement_id");
            }
        }
    }

    @Test
    void attach_statementThatStillRuns_waitsForItsResult() throws Exception {
        workspace.faults().when(FaultMatch.statementLike("400000")).keepRunning(Duration.ofSeconds(2));
        StatementRequest request = many().purpose(Purpose.EXPORT).build(soon());
        try (Warehouse first = open();
                Warehouse second = open()) {
            CompletableFuture<ResultStream> running = CompletableFuture.supplyAsync(() -> first.execute(request));
            Optional<StatementId> id = Optional.empty();
            while (id.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(20);
                id = second.find(request.tag(), soon());
            }

            try (ResultStream attached = second.attach(id.get(), index -> true, soon())) {
                assertThat(rows(attached)).isEqualTo(400_000);
            }
            running.get(30, TimeUnit.SECONDS).close();
        }
    }

    @Test
    void attach_resultDroppedWhileItIsRead_isExpired() {
        try (Warehouse warehouse = open()) {
            ResultStream read = warehouse.execute(many().purpose(Purpose.EXPORT).build(soon()));
            read.close();
            workspace
                    .faults()
                    .when(FaultMatch.request("GET", "/api/2.0/sql/statements/*/result/chunks/*"))
                    .answer(404);
            workspace.faults().when(FaultMatch.request("GET", "/cloudfetch/**")).answer(404);

            LakeportException failure = catchThrowableOfType(LakeportException.class, () -> {
                try (ResultStream again = warehouse.attach(read.statementId(), index -> index > 0, soon())) {
                    rows(again);
                }
            });

            assertThat(failure.code()).isEqualTo(CoreError.RESULT_EXPIRED.toErrorCode());
        }
    }

    @Test
    void attach_fewChunksWanted_leavesTheOthersAlone() {
        try (Bench bench = new Bench()) {
            for (int i = 0; i < 12; i++) {
                bench.api.chunk(100);
            }
            bench.api.tellsOffsets = true;

            try (ResultStream attached = bench.warehouse.attach(
                    new StatementId(FakeApi.STATEMENT), index -> index == 3 || index == 9, soon())) {
                assertThat(attached.totalRows()).hasValue(1200);
                assertThat(offsets(attached)).isEqualTo(List.of(300L, 900L));
            }

            assertThat(bench.api.requests(FakeApi.Route.DOWNLOAD))
                    .extracting(seen -> seen.path().replaceAll("\\?.*", ""))
                    .containsExactlyInAnyOrder("/storage/3", "/storage/9");
            assertThat(bench.api.requests(FakeApi.Route.LINKS))
                    .extracting(FakeApi.Seen::path)
                    .allMatch(path -> path.endsWith("/3") || path.endsWith("/9"));
            assertThat(bench.api.count(FakeApi.Route.SUBMIT)).isZero();
            assertThat(bench.api.count(FakeApi.Route.CLOSE)).isZero();
        }
    }

    @Test
    void attach_manifestThatContradictsItself_isRefused() {
        try (Bench bench = new Bench()) {
            bench.api.chunk(100).chunk(100).tellsOffsets = true;
            bench.api.totalRows = 300;

            LakeportException failure = catchThrowableOfType(
                    LakeportException.class,
                    () -> bench.warehouse.attach(new StatementId(FakeApi.STATEMENT), index -> true, soon()));

            assertThat(failure.code()).isEqualTo(CoreError.RESULT_CORRUPT.toErrorCode());
            assertThat(failure).hasMessageContaining("200 of 300 rows");
        }
    }

    private static long rows(ResultStream stream) {
        long rows = 0;
        for (var next = stream.next(); next.isPresent(); next = stream.next()) {
            try (ResultChunk chunk = next.get()) {
                assertThat(chunk.rowOffset()).isEqualTo(rows);
                rows += chunk.rowCount();
            }
        }
        return rows;
    }

    private static List<Long> offsets(ResultStream stream) {
        List<Long> offsets = new java.util.ArrayList<>();
        for (var next = stream.next(); next.isPresent(); next = stream.next()) {
            try (ResultChunk chunk = next.get()) {
                offsets.add(chunk.rowOffset());
            }
        }
        return offsets;
    }
}
