package io.lakeport.warehouse.sea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.core.arrow.ArrowRowCursor;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.time.Deadline;
import io.lakeport.localworkspace.fault.FaultMatch;
import io.lakeport.localworkspace.fault.FaultPlan;
import io.lakeport.localworkspace.fault.RetryAfter;
import io.lakeport.localworkspace.server.LocalWorkspace;
import io.lakeport.warehouse.http.Wire;
import io.lakeport.warehouse.http.WorkspaceApi;
import io.lakeport.warehouse.memory.DirectBuffers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Results of some twenty chunks under faults that a seed chooses. Whatever happens, every row arrives once and in order,
 * the statement is terminal, and nothing is held. More schedules: {@code -Dlakeport.stream.schedules=200}.
 */
class SeaFaultScheduleTest {
    private static final int ROWS = 2_500_000;
    private static final String CHUNKS = "/cloudfetch/**";
    private static final String LINKS = "/api/2.0/sql/statements/*/result/chunks/*";
    private static final String STATEMENT = "/api/2.0/sql/statements/*";
    private static LocalWorkspace workspace;

    private final MemoryBudget budget = MemoryBudget.of("test", 48L << 20);

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @AfterEach
    void noFaultLeft() {
        workspace.faults().clear();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("lakeport.stream.schedules", 8));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("AK-04")
    void read_underASchedule_everyRowOnceAndInOrder(long seed) {
        plan(new Random(seed));
        StatementRequest request = request();
        try (SeaWarehouse warehouse = new SeaWarehouse(context(), Bench.limits());
                RowCursor rows = ArrowRowCursor.over(warehouse.execute(request))) {
            long expected = 0;
            while (rows.next()) {
                if (rows.getLong(0) != expected || rows.getLong(1) != expected * 3) {
                    assertThat(List.of(rows.getLong(0), rows.getLong(1)))
                            .as("schedule %d", seed)
                            .containsExactly(expected, expected * 3);
                }
                expected++;
            }
            assertThat(expected).isEqualTo(ROWS);
        }
        assertOver(request.tag());
    }

    @Test
    void read_chunkThatStaysDamaged_failsNamingTheChunk() {
        workspace.faults().when(FaultMatch.request("GET", "/cloudfetch/*/7")).corrupt(5_000, 4);
        StatementRequest request = request();

        LakeportException failure;
        try (SeaWarehouse warehouse = new SeaWarehouse(context(), Bench.limits());
                ResultStream stream = warehouse.execute(request)) {
            failure = catchThrowableOfType(LakeportException.class, () -> Bench.drain(stream));
        }

        assertThat(failure.code()).isEqualTo(CoreError.RESULT_CORRUPT.toErrorCode());
        assertThat(failure).hasMessageContaining("chunk 7 ").hasMessageContaining("announced");
        assertOver(request.tag());
    }

    private static StatementRequest request() {
        return StatementRequest.of("SELECT id, id * 3 AS b FROM range(" + ROWS + ") ORDER BY id")
                .build(Deadline.after(Duration.ofSeconds(60)));
    }

    private WarehouseContext context() {
        AccessToken token = new AccessToken(workspace.connection().token(), Instant.EPOCH, Optional.empty());
        TokenSource tokens = deadline -> token;
        String url = workspace.connection().httpUrl().toString();
        return Bench.behind(url, workspace.connection(), tokens, budget, new RepeatingGuard(12));
    }

    /** Three to six faults, each of which ends before it could meet one exchange as often as that is tried. */
    private static void plan(Random random) {
        List<Consumer<FaultPlan>> storage = List.of(
                plan -> plan.answer(500),
                plan -> plan.answer(503),
                plan -> plan.answer(429, RetryAfter.seconds(1)),
                FaultPlan::cut,
                plan -> plan.cutAfter(1 + random.nextInt(100_000)),
                plan -> plan.shorten(1 + random.nextInt(100_000)),
                plan -> plan.corrupt(-1, 1 + random.nextInt(8)),
                plan -> plan.corrupt(random.nextInt(40), 1),
                plan -> plan.delay(Duration.ofMillis(50 + random.nextInt(250))));
        List<Consumer<FaultPlan>> control = List.of(
                plan -> plan.answer(500),
                plan -> plan.answer(503),
                plan -> plan.answer(429, RetryAfter.seconds(1)),
                FaultPlan::cut,
                FaultPlan::cutAnswer);
        int faults = 3 + random.nextInt(4);
        for (int i = 0; i < faults; i++) {
            switch (random.nextInt(8)) {
                case 0 -> pick(random, control).accept(when(random, FaultMatch.request("GET", LINKS)));
                case 1 -> pick(random, control).accept(when(random, FaultMatch.request("GET", STATEMENT)));
                case 2 ->
                    workspace.faults().when(FaultMatch.any()).expireLinks(Duration.ofSeconds(2 + random.nextInt(38)));
                case 3 -> when(random, FaultMatch.request("GET", CHUNKS)).answer(403);
                case 4 ->
                    workspace
                            .faults()
                            .when(FaultMatch.request("POST", "/api/2.0/sql/statements"))
                            .next(1)
                            .cutAnswer();
                default -> pick(random, storage).accept(when(random, FaultMatch.request("GET", CHUNKS)));
            }
        }
    }

    private static FaultPlan when(Random random, FaultMatch match) {
        return workspace
                .faults()
                .when(match)
                .after(random.nextInt(12))
                .next(1 + random.nextInt(2))
                .withProbability(0.2 + 0.8 * random.nextDouble(), random.nextLong());
    }

    private static <T> T pick(Random random, List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private void assertOver(String tag) {
        workspace.faults().clear();
        assertThat(budget.used()).as("bytes of the budget").isZero();
        assertThat(DirectBuffers.shared().usedBytes()).as("bytes of buffers").isZero();
        Deadline soon = Deadline.after(Duration.ofSeconds(20));
        try (Wire wire = new Wire("probe")) {
            WorkspaceApi api = new WorkspaceApi(context(), wire);
            StatementId id = new QueryHistory(api).find(tag, soon).orElseThrow();
            assertThat(new StatementApi(api).poll(id, soon).state()).matches(StatementAnswer.State::isTerminal);
        }
    }
}
