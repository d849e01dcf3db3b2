package io.lakeport.localworkspace.engine.duck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.engine.EngineResult;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements about versions, as Delta answers them. */
class TableVersionsTest {
    private static final SessionSettings ME = new SessionSettings("me", Optional.empty(), Optional.empty(), Map.of());

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

    private List<List<String>> rows(String sql) {
        return Rows.of(session, sql);
    }

    private void fails(String sql, String errorClass, String state) {
        assertThatThrownBy(() -> rows(sql)).as(sql).isInstanceOfSatisfying(EngineException.class, e -> {
            assertThat(e.errorClass()).as(e.getMessage()).isEqualTo(errorClass);
            assertThat(e.sqlState()).isEqualTo(state);
        });
    }

    @Test
    void history_eachOperation_isToldNewestFirst() {
        rows("CREATE TABLE h (id INT) COMMENT 'c'");
        rows("INSERT INTO h VALUES (1), (2), (3)");
        rows("UPDATE h SET id = 9 WHERE id = 1");
        rows("UPDATE h SET id = 9 WHERE id = 100");
        rows("DELETE FROM h WHERE id = 2");
        rows("MERGE INTO h USING (SELECT 3 AS k) s ON h.id = s.k WHEN MATCHED THEN DELETE");
        rows("INSERT OVERWRITE h VALUES (5)");
        rows("ALTER TABLE h ADD COLUMN x INT");
        rows("ALTER TABLE h SET TBLPROPERTIES ('k' = 'v')");
        rows("TRUNCATE TABLE h");
        rows("RESTORE TABLE h TO VERSION AS OF 1");
        rows("OPTIMIZE h");
        rows("VACUUM h");
        rows("CREATE OR REPLACE TABLE h AS SELECT 1 AS one");
        assertThat(rows("DESCRIBE HISTORY h").stream().map(r -> r.get(0) + " " + r.get(4) + " " + r.get(9)))
                .containsExactly(
                        "12 CREATE OR REPLACE TABLE AS SELECT 11",
                        "11 VACUUM END 10",
                        "10 VACUUM START 9",
                        "9 RESTORE 8",
                        "8 TRUNCATE 7",
                        "7 SET TBLPROPERTIES 6",
                        "6 ADD COLUMNS 5",
                        "5 WRITE 4",
                        "4 MERGE 3",
                        "3 DELETE 2",
                        "2 UPDATE 1",
                        "1 WRITE 0",
                        "0 CREATE TABLE null");
        assertThat(rows("DESCRIBE HISTORY h LIMIT 1")).hasSize(1);
        List<String> write = rows("DESCRIBE HISTORY h").get(11);
        assertThat(write.get(3)).isEqualTo("me");
        assertThat(write.get(5)).contains("\"mode\"", "Append");
        assertThat(write.get(10)).isEqualTo("WriteSerializable");
        assertThat(write.get(11)).isEqualTo("true");
        assertThat(write.get(12)).contains("numOutputRows").contains("\"3\"");
    }

    @Test
    void history_columns_haveDatabricksTypes() {
        rows("CREATE TABLE h (id INT)");
        try (EngineResult result = session.execute("DESC HISTORY main.default.h", List.of())) {
            assertThat(Rows.columns(result))
                    .isEqualTo(
                            "version BIGINT | timestamp TIMESTAMP | userId STRING | userName STRING | operation STRING"
                                    + " | operationParameters MAP<STRING, STRING> | job STRUCT<jobId: STRING, jobName: STRING,"
                                    + " jobRunId: STRING, runId: STRING, jobOwnerId: STRING, triggerType: STRING> | notebook"
                                    + " STRUCT<notebookId: STRING> | clusterId STRING | readVersion BIGINT | isolationLevel"
                                    + " STRING | isBlindAppend BOOLEAN | operationMetrics MAP<STRING, STRING> | userMetadata"
                                    + " STRING | engineInfo STRING");
        }
        assertThat(rows("DESCRIBE DETAIL h").get(0)).contains("delta", "main.default.h");
    }

    @Test
    void timeTravel_everySpelling_readsThatVersion() {
        rows("CREATE TABLE p (id INT)");
        rows("INSERT INTO p VALUES (1)");
        String time = rows("SELECT CAST(timestamp AS STRING) FROM (SELECT current_timestamp() AS timestamp)")
                .get(0)
                .get(0);
        String early = rows("SELECT date_format(current_timestamp(), 'yyyyMMddHHmmssSSS')")
                .get(0)
                .get(0);
        pause();
        rows("INSERT INTO p VALUES (2)");
        assertThat(rows("SELECT * FROM p VERSION AS OF 1")).containsExactly(List.of("1"));
        assertThat(rows("SELECT * FROM p@v1")).containsExactly(List.of("1"));
        assertThat(rows("SELECT '@v1', q.id FROM main.default.p@v1 AS q JOIN p ON p.id = q.id"))
                .containsExactly(List.of("@v1", "1"));
        assertThat(rows("SELECT count(*) FROM p@" + early)).containsExactly(List.of("1"));
        assertThat(rows("SELECT * FROM p TIMESTAMP AS OF '" + time + "'")).containsExactly(List.of("1"));
        assertThat(rows("SELECT (SELECT max(id) FROM p FOR VERSION AS OF 1)")).containsExactly(List.of("1"));
        fails("SELECT * FROM p VERSION AS OF 7", "DELTA_VERSION_NOT_FOUND", "22003");
        fails("SELECT * FROM p TIMESTAMP AS OF '2999-01-01'", "DELTA_TIMESTAMP_GREATER_THAN_COMMIT", "42816");
        fails("SELECT * FROM p TIMESTAMP AS OF '2001-01-01'", "DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION", "42816");
        fails("RESTORE TABLE p TO VERSION AS OF 9", "DELTA_CANNOT_RESTORE_TABLE_VERSION", "22003");
    }

    private static void pause() {
        long from = System.currentTimeMillis();
        while (System.currentTimeMillis() < from + 2) {
            Thread.onSpinWait();
        }
    }

    @Test
    void changeFeed_eachChange_isToldWithItsImages() {
        rows("CREATE TABLE f (id INT, v STRING)");
        rows("INSERT INTO f VALUES (0, 'z')");
        rows("ALTER TABLE f SET TBLPROPERTIES (delta.enableChangeDataFeed = true)");
        rows("INSERT INTO f VALUES (1, 'a'), (2, 'b')");
        rows("UPDATE f SET v = 'c' WHERE id = 1");
        rows("DELETE FROM f WHERE id = 2");
        assertThat(rows("SELECT id, v, _change_type, _commit_version FROM table_changes('f', 3) ORDER BY 4, 3, 1"))
                .containsExactly(
                        List.of("1", "a", "insert", "3"),
                        List.of("2", "b", "insert", "3"),
                        List.of("1", "c", "update_postimage", "4"),
                        List.of("1", "a", "update_preimage", "4"),
                        List.of("2", "b", "delete", "5"));
        assertThat(rows("SELECT * FROM table_changes('main.default.f', 4, 4)")).hasSize(2);
        fails("SELECT * FROM table_changes('f', 0, 3)", "DELTA_MISSING_CHANGE_DATA", "KD002");
        fails("SELECT * FROM table_changes('f', 5, 4)", "DELTA_INVALID_CDC_RANGE", "22003");
        fails("SELECT * FROM table_changes('f', 99)", "DELTA_CDC_START_VERSION_AFTER_LATEST", "22003");
    }

    @Test
    void undrop_droppedTable_comesBackWithItsHistory() {
        rows("CREATE TABLE d AS SELECT 1 AS id");
        rows("INSERT INTO d VALUES (2)");
        rows("DROP TABLE d");
        fails("SELECT * FROM d", "TABLE_OR_VIEW_NOT_FOUND", "42P01");
        assertThat(rows("SHOW TABLES")).isEmpty();
        rows("UNDROP TABLE d");
        assertThat(rows("SELECT count(*) FROM d@v0")).containsExactly(List.of("1"));
        assertThat(rows("SELECT count(*) FROM d")).containsExactly(List.of("2"));
    }

    @Test
    void hiddenColumns_anyListing_areNotTold() {
        rows("CREATE TABLE x (id INT)");
        rows("INSERT INTO x VALUES (1)");
        rows("DELETE FROM x");
        rows("CREATE OR REPLACE TABLE x (id INT, b INT)");
        assertThat(rows("DESCRIBE x")).hasSize(2);
        assertThat(rows("SELECT table_name FROM information_schema.tables")).containsExactly(List.of("x"));
        assertThat(rows("SELECT column_name FROM information_schema.columns")).hasSize(2);
        assertThat(rows("SELECT * FROM x")).isEmpty();
        assertThat(rows("SHOW SCHEMAS")).containsExactly(List.of("default"), List.of("information_schema"));
    }

    @Test
    void writers_manyAtOnce_allCommitOneAfterTheOther() {
        rows("CREATE TABLE w (id INT, n INT)");
        rows("INSERT INTO w VALUES (0, 0)");
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int at = i;
            writers.add(CompletableFuture.runAsync(() -> {
                try (EngineSession own = engine.openSession(ME)) {
                    for (int n = 0; n < 5; n++) {
                        Rows.of(
                                own,
                                at % 2 == 0
                                        ? "INSERT INTO w VALUES (" + (at + 10) + ", 0)"
                                        : "UPDATE w SET n = n + 1 WHERE id = 0");
                    }
                }
            }));
        }
        writers.forEach(CompletableFuture::join);
        assertThat(rows("SELECT n FROM w WHERE id = 0 AND n > 0")).containsExactly(List.of("15"));
        assertThat(rows("SELECT count(*) FROM w")).containsExactly(List.of("16"));
        assertThat(rows("DESCRIBE HISTORY w")).hasSize(32);
    }

    @Test
    void failedStatement_leavesNoCommit() {
        rows("CREATE TABLE e (id INT NOT NULL)");
        rows("INSERT INTO e VALUES (1)");
        fails("INSERT INTO e VALUES (2), (NULL)", "DELTA_NOT_NULL_CONSTRAINT_VIOLATED", "23502");
        fails("UPDATE e SET id = NULL", "DELTA_NOT_NULL_CONSTRAINT_VIOLATED", "23502");
        assertThat(rows("DESCRIBE HISTORY e")).hasSize(2);
        assertThat(rows("SELECT * FROM e")).containsExactly(List.of("1"));
    }

    @Test
    void schema_droppedAndMadeAgain_beginsHistoriesAnew() {
        rows("CREATE SCHEMA again");
        rows("CREATE TABLE again.t AS SELECT 1 AS id");
        rows("INSERT INTO again.t VALUES (2)");
        rows("DROP SCHEMA again CASCADE");
        rows("CREATE SCHEMA again");
        rows("CREATE TABLE again.t AS SELECT 'x' AS name");
        assertThat(rows("DESCRIBE HISTORY again.t")).hasSize(1);
        assertThat(rows("SELECT * FROM again.t@v0")).containsExactly(List.of("x"));
        rows("DROP TABLE again.t");
        rows("DROP SCHEMA again");
        rows("CREATE SCHEMA again");
        fails("UNDROP TABLE again.t", "TABLE_OR_VIEW_NOT_FOUND", "42P01");
    }

    @Test
    void killedProcess_leavesWholeCommitsOnly(@TempDir Path data, @TempDir Path copy) throws IOException {
        try (Engine first = DuckEngine.open(Optional.of(data));
                EngineSession own = first.openSession(ME)) {
            Rows.of(own, "CREATE TABLE k (id INT)");
            Rows.of(own, "INSERT INTO k VALUES (1), (2)");
            Rows.of(own, "UPDATE k SET id = id + 10");
            // What a kill leaves: the files as they are, the log that DuckDB writes ahead among them.
            try (Stream<Path> files = Files.list(data)) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }
        try (Engine second = DuckEngine.open(Optional.of(copy));
                EngineSession own = second.openSession(ME)) {
            assertThat(Rows.of(own, "SELECT * FROM k ORDER BY id")).containsExactly(List.of("11"), List.of("12"));
            assertThat(Rows.of(own, "SELECT * FROM k@v1 ORDER BY id")).containsExactly(List.of("1"), List.of("2"));
            Rows.of(own, "INSERT INTO k VALUES (3)");
            assertThat(Rows.of(own, "DESCRIBE HISTORY k")).hasSize(4);
        }
    }
}
