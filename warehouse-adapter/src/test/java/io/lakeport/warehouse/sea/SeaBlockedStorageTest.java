package io.lakeport.warehouse.sea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.core.arrow.ArrowRowCursor;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.time.Deadline;
import io.lakeport.localworkspace.fault.FaultMatch;
import io.lakeport.localworkspace.server.LocalWorkspace;
import io.lakeport.testwatch.ExpectWarnings;
import io.lakeport.warehouse.memory.DirectBuffers;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A storage that a firewall keeps from us. */
class SeaBlockedStorageTest {
    /** More than the workspace attaches to an answer of its own accord, and less than fits into the answers. */
    private static final int ROWS = 400_000;

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
    void nothingLeft() {
        workspace.faults().clear();
        assertThat(budget.used()).isZero();
        assertThat(DirectBuffers.shared().usedBytes()).isZero();
    }

    private SeaWarehouse open() {
        AccessToken token = new AccessToken(workspace.connection().token(), Instant.EPOCH, Optional.empty());
        String url = workspace.connection().httpUrl().toString();
        return new SeaWarehouse(
                Bench.behind(url, workspace.connection(), deadline -> token, budget, new RepeatingGuard()),
                Bench.limits());
    }

    private static StatementRequest request(String sql) {
        return StatementRequest.of(sql).build(Deadline.after(Duration.ofSeconds(60)));
    }

    @Test
    @Tag("AK-38")
    @ExpectWarnings("run again with its result inside the answers")
    void execute_linksLeadNowhere_readsTheResultInsideTheAnswers() {
        workspace.faults().when(FaultMatch.any()).blockStorage();
        try (SeaWarehouse warehouse = open();
                ResultStream result = warehouse.execute(request("SELECT id FROM range(" + ROWS + ") ORDER BY id"))) {
            assertThat(result.notes()).singleElement().asString().contains("inside the answers");
            RowCursor rows = ArrowRowCursor.over(result);
            for (long i = 0; i < ROWS; i++) {
                assertThat(rows.next()).isTrue();
                if (rows.getLong(0) != i) {
                    assertThat(rows.getLong(0)).isEqualTo(i);
                }
            }
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void execute_linksLeadNowhereAndTheStatementWrites_namesTheHostAndTheRule() {
        bench(bench -> {
            int dead = freePort();
            bench.api.chunk(100).chunk(100).storage = "http://127.0.0.1:" + dead;
            StatementRequest writes = request("WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a");

            LakeportException failure =
                    catchThrowableOfType(LakeportException.class, () -> drain(bench.warehouse.execute(writes)));

            assertThat(failure.code()).isEqualTo(CoreError.STORAGE_BLOCKED.toErrorCode());
            assertThat(failure)
                    .hasMessageContaining("127.0.0.1:" + dead)
                    .hasMessageContaining("firewall")
                    .hasMessageContaining("443");
            assertThat(bench.api.count(FakeApi.Route.SUBMIT)).isOne();
        });
    }

    @Test
    @ExpectWarnings("run again with its result inside the answers")
    void execute_hostUnknownToTheNameService_isNoticedAtOnceAndAskedForInsideTheAnswers() {
        bench(bench -> {
            bench.api.chunk(100).chunk(100).storage = "http://storage.invalid:1";

            LakeportException failure = catchThrowableOfType(
                    LakeportException.class, () -> drain(bench.warehouse.execute(request("SELECT 1"))));

            // The fake answers with links again, so that this must end as well.
            assertThat(failure.code()).isEqualTo(CoreError.STORAGE_BLOCKED.toErrorCode());
            assertThat(bench.api.requests(FakeApi.Route.SUBMIT)).hasSize(2);
            assertThat(bench.api
                            .requests(FakeApi.Route.SUBMIT)
                            .get(1)
                            .body()
                            .path("format")
                            .asText())
                    .isEqualTo("JSON_ARRAY");
            assertThat(bench.api
                            .requests(FakeApi.Route.SUBMIT)
                            .get(1)
                            .body()
                            .path("disposition")
                            .asText())
                    .isEqualTo("INLINE");
        });
    }

    @Test
    @ExpectWarnings("run again with its result inside the answers")
    void execute_resultTooLargeForTheAnswers_saysBoth() {
        workspace.faults().when(FaultMatch.any()).blockStorage();
        try (SeaWarehouse warehouse = open()) {
            LakeportException failure = catchThrowableOfType(
                    LakeportException.class,
                    () -> warehouse.execute(request("SELECT id, id AS b FROM range(4000000)")));

            assertThat(failure.code()).isEqualTo(CoreError.STORAGE_BLOCKED.toErrorCode());
            assertThat(failure)
                    .hasMessageContaining("does not fit into the answers")
                    .hasMessageContaining("firewall");
        }
    }

    @Test
    @Tag("AK-38")
    @ExpectWarnings("run again with its result inside the answers")
    void execute_everyTypeInsideTheAnswers_isTheSameAsThroughLinks() {
        String types =
                "SELECT CAST(1 AS TINYINT) AS a, CAST(-2 AS SMALLINT) AS b, 3 AS c, 4L AS d, CAST(1.5 AS FLOAT) AS e,"
                        + " CAST(-2.25 AS DOUBLE) AS f, CAST(-12.340 AS DECIMAL(38,3)) AS g, true AS h, 'ü\\n' AS i,"
                        + " X'00FF' AS j, DATE'1969-12-31' AS k, TIMESTAMP'2021-07-01 10:00:00.123456+02:00' AS l,"
                        + " TIMESTAMP_NTZ'1900-01-01 00:00:00.5' AS m, CAST(NULL AS STRING) AS n,"
                        + " INTERVAL '1-2' YEAR TO MONTH AS o, INTERVAL '-1 02:03:04.5' DAY TO SECOND AS p, ";
        String one = types + "id FROM range(1)";
        String many = types + "id, repeat('x', 40) AS q FROM range(140000) ORDER BY id";
        List<Object> linked;
        try (SeaWarehouse warehouse = open()) {
            linked = firstRow(warehouse.execute(request(one)), 16);
        }
        workspace.faults().when(FaultMatch.any()).blockStorage();
        try (SeaWarehouse warehouse = open()) {
            ResultStream inline = warehouse.execute(request(many));
            assertThat(inline.notes()).isNotEmpty();
            List<Object> row = firstRow(inline, 16);
            assertThat(row.get(6)).isEqualTo(new BigDecimal("-12.340"));
            assertThat(row).usingRecursiveComparison().isEqualTo(linked);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SELECT 1                                              | true
        -- a comment¶ (SELECT 1)                             | true
        /* INSERT */ VALUES (1)                               | true
        WITH a AS (SELECT 1) SELECT * FROM a;                 | true
        SHOW TABLES                                           | true
        WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a    | false
        FROM a INSERT INTO t SELECT *                         | false
        SELECT 1; DELETE FROM t                               | false
        SELECT 1; SELECT 2                                    | false
        CREATE TABLE t AS SELECT 1                            | false
        EXECUTE IMMEDIATE 'SELECT 1'                          | false
        /* /* nested */ */ SELECT 1                           | false
        """)
    void isCertain_statement_isTakenForAReadOnlyWhereThatIsSure(String sql, boolean expected) {
        assertThat(ReadOnly.isCertain(sql.replace("¶", "\n"))).isEqualTo(expected);
    }

    private static List<Object> firstRow(ResultStream stream, int columns) {
        try (RowCursor rows = ArrowRowCursor.over(stream)) {
            assertThat(rows.next()).isTrue();
            List<Object> row = new java.util.ArrayList<>();
            for (int i = 0; i < columns; i++) {
                row.add(rows.getObject(i));
            }
            return row;
        }
    }

    private static void drain(ResultStream stream) {
        try (stream) {
            long ignored = Bench.drain(stream);
        }
    }

    private static void bench(java.util.function.Consumer<Bench> test) {
        try (Bench bench = new Bench()) {
            test.accept(bench);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
