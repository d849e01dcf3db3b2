package io.lakeport.localworkspace.engine.duck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineColumn;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.engine.EngineParameter;
import io.lakeport.localworkspace.engine.EngineResult;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckEngineTest {
    private static final SessionSettings ME = new SessionSettings("me", Optional.empty(), Optional.empty(), Map.of());
    private static final String ODD = "aZ09 '\"`\\;-/*:?$%{}\t\n\0é漢😀";

    @TempDir
    Path directory;

    private Engine engine;
    private EngineSession session;

    @BeforeEach
    void open() {
        engine = DuckEngine.open(Optional.empty());
        session = engine.openSession(ME);
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
    }

    @Test
    void parameter_anyString_comesBackUnchanged() {
        Random random = new Random(7);
        for (int i = 0; i < 150; i++) {
            String value = odd(random, random.nextInt(12));
            assertThat(Rows.of(session, "SELECT :v AS v", new EngineParameter("v", 0, "STRING", value)))
                    .containsExactly(List.of(value));
            assertThat(Rows.of(session, "SELECT ? AS v", new EngineParameter(null, 1, "STRING", value)))
                    .containsExactly(List.of(value));
        }
    }

    @Test
    void parameters_positional_areCountedInTheOrderOfTheText() {
        List<List<String>> rows = Rows.of(
                session,
                "SELECT ? AS a, id FROM range(?) WHERE id >= ? ORDER BY id",
                new EngineParameter(null, 1, "DECIMAL(5,2)", "1.5"),
                new EngineParameter(null, 2, "INT", "3"),
                new EngineParameter(null, 3, "BIGINT", "2"));
        assertThat(rows).containsExactly(List.of("1.50", "2"));
        assertThatThrownBy(() -> Rows.of(session, "SELECT :nope"))
                .hasMessageStartingWith("[UNBOUND_SQL_PARAMETER] Found the unbound parameter: nope.");
    }

    @Test
    void identifier_anyNameInBackticks_namesTheColumn() throws IOException {
        Random random = new Random(11);
        for (int i = 0; i < 100; i++) {
            String name = "x" + odd(random, 1 + random.nextInt(8)).replace("\0", "");
            String quoted = "`" + name.replace("`", "``") + "`";
            String sql = "SELECT " + quoted + " FROM (SELECT 1 AS " + quoted + ")";
            try (EngineResult result = session.execute(sql, List.of())) {
                assertThat(result.columns().get(0).name()).isEqualTo(name);
                assertThat(Rows.of(result)).containsExactly(List.of("1"));
            }
        }
    }

    private static String odd(Random random, int length) {
        int[] points = ODD.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    @Test
    void parseError_hasSparksTextWithThePlaceMarked() {
        assertThatThrownBy(() -> session.execute("SELECT 1 FRM t x", List.of()))
                .isInstanceOf(EngineException.class)
                .hasMessage("[PARSE_SYNTAX_ERROR] Syntax error at or near 't'. SQLSTATE: 42601 (line 1, pos 13)\n\n"
                        + "== SQL ==\nSELECT 1 FRM t x\n-------------^^^\n");
        assertThat(Rows.of(session, "SELECT 1")).containsExactly(List.of("1"));
    }

    @Test
    void outerGenerator_withoutFrom_keepsTheOneRow() {
        assertThat(Rows.of(session, "SELECT explode_outer(CAST(array() AS ARRAY<INT>))"))
                .containsExactly(List.of("null"));
        assertThat(Rows.of(session, "SELECT 1 AS a, posexplode_outer(CAST(NULL AS ARRAY<STRING>))"))
                .containsExactly(List.of("1", "null", "null"));
        assertThat(Rows.of(session, "SELECT explode(CAST(array() AS ARRAY<INT>))"))
                .isEmpty();
    }

    @Test
    void negation_ofTheLeastConstant_overflowsWhateverItIsCastTo() {
        for (String least : List.of("-128Y", "-32768S", "-2147483648", "-9223372036854775808L")) {
            assertThatThrownBy(() -> Rows.of(session, "SELECT CAST(-(" + least + ") AS DECIMAL(38,0))"))
                    .as(least)
                    .hasMessageContaining("[ARITHMETIC_OVERFLOW]");
        }
    }

    @Test
    void interval_asColumn_isRefusedHoweverItGetsThere() {
        Rows.of(session, "CREATE TABLE plain (a INT)");
        for (String sql : List.of(
                "CREATE TABLE spans (iv INTERVAL DAY TO SECOND)",
                "CREATE TABLE spans AS SELECT array(INTERVAL 1 DAY) AS x",
                "ALTER TABLE plain ADD COLUMN iv INTERVAL YEAR TO MONTH")) {
            assertThatThrownBy(() -> Rows.of(session, sql))
                    .as(sql)
                    .hasMessageContaining("[DELTA_UNSUPPORTED_DATA_TYPES]");
        }
    }

    @Test
    void failureInsideExecution_leavesTheSessionUsable() {
        assertThatThrownBy(() -> Rows.of(session, "SELECT 1 / (id - 5) FROM range(10)"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("[DIVIDE_BY_ZERO]");
        assertThat(Rows.of(session, "SELECT 2")).containsExactly(List.of("2"));
    }

    @Test
    void dataDirectory_afterRestart_stillHoldsTablesAndTheirTypes() {
        try (Engine first = DuckEngine.open(Optional.of(directory));
                EngineSession s = first.openSession(ME)) {
            Rows.of(s, "CREATE TABLE kept (id INT NOT NULL, v VARIANT)");
            Rows.of(s, "INSERT INTO kept SELECT 1, parse_json('{\"a\":1}')");
            Rows.of(s, "CREATE CATALOG `Other cat`");
            Rows.of(s, "CREATE TABLE `other cat`.default.t2 AS SELECT 1 AS a");
        }
        try (Engine second = DuckEngine.open(Optional.of(directory));
                EngineSession s = second.openSession(ME)) {
            assertThat(Rows.of(s, "SELECT * FROM kept")).containsExactly(List.of("1", "{\"a\":1}"));
            assertThat(Rows.of(s, "SELECT * FROM `other cat`.default.t2")).containsExactly(List.of("1"));
        }
    }

    @Test
    void cancel_whileRunning_endsTheStatementAndKeepsTheSession() throws Exception {
        CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(() -> {
            try {
                Rows.of(session, "SELECT sum(a.id * b.id) FROM range(1000000) a CROSS JOIN range(1000000) b");
                return new AssertionError("not cancelled");
            } catch (EngineException e) {
                return e;
            }
        });
        while (!ended.isDone()) {
            TimeUnit.MILLISECONDS.sleep(50);
            session.cancel();
        }
        assertThat(ended.get()).hasMessageContaining("[OPERATION_CANCELED]");
        assertThat(Rows.of(session, "SELECT 1")).containsExactly(List.of("1"));
    }

    @Test
    void load_birdstrikes_readsEveryRowUnderItsOwnColumnNames() throws IOException {
        Path csv = directory.resolve("birdstrikes.csv");
        try (InputStream in =
                DuckEngine.class.getResourceAsStream("/io/lakeport/localworkspace/data/birdstrikes.csv")) {
            Files.copy(in, csv);
        }
        engine.load("birdstrikes", csv);
        assertThat(Rows.of(session, "SELECT count(*), max(`Cost Total $`) > 0 FROM main.default.birdstrikes"))
                .containsExactly(List.of("10000", "true"));
        assertThatThrownBy(() -> engine.load("x", directory.resolve("a.xls")))
                .hasMessageContaining("loads files ending in");
    }

    @Test
    void replaceSystemTable_replacesRowsAndKeepsTypes() {
        List<EngineColumn> columns = List.of(
                new EngineColumn("id", "STRING", "STRING", false),
                new EngineColumn("at", "TIMESTAMP", "TIMESTAMP", true),
                new EngineColumn("tags", "MAP<STRING, STRING>", "MAP", true));
        engine.replaceSystemTable("system.query.history", columns, List.of());
        engine.replaceSystemTable(
                "system.query.history", columns, List.of(List.of("a'b", Instant.EPOCH, "{\"k\":\"v\"}")));
        assertThat(Rows.of(session, "SELECT id, at, tags['k'] FROM system.query.history"))
                .containsExactly(List.of("a'b", "0", "v"));
        assertThatThrownBy(() -> Rows.of(session, "DROP TABLE system.query.history"))
                .hasMessageContaining("INSUFFICIENT_PERMISSIONS");
    }

    @Test
    void sixteenColumns_createdFromRange_streamInBatchesOfAtMostARowGroup() throws IOException {
        Rows.of(
                session,
                "CREATE TABLE wide AS SELECT id, CAST(id % 7 AS INT) AS a, id * 2 AS b, CAST(id AS STRING) AS c,"
                        + " CAST(id % 100 AS DECIMAL(12,2)) AS d, id / 3 AS e, DATE'2020-01-01' + CAST(id % 365 AS INT) AS f,"
                        + " TIMESTAMP'2020-01-01 00:00:00' + make_interval_free AS g FROM (SELECT id,"
                        + " INTERVAL '1' SECOND * (id % 1000) AS make_interval_free FROM range(300000))");
        int rows = 0;
        try (EngineResult result = session.execute("SELECT * FROM wide", List.of())) {
            while (result.reader().loadNextBatch()) {
                int batch = result.reader().getVectorSchemaRoot().getRowCount();
                assertThat(batch).isLessThanOrEqualTo(122_880);
                rows += batch;
            }
        }
        assertThat(rows).isEqualTo(300_000);
    }
}
