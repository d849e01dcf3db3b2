package io.lakeport.localworkspace.engine.duck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements that change tables, in the forms that integrations send. */
class TableStatementsTest {
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

    private void fails(String sql, String errorClass) {
        assertThatThrownBy(() -> rows(sql))
                .as(sql)
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.errorClass()).as(e.getMessage()).isEqualTo(errorClass));
    }

    @Test
    void insert_everyForm_replacesWhatItSays() {
        rows("CREATE TABLE i (p STRING, a INT) PARTITIONED BY (p)");
        rows("INSERT INTO i PARTITION (p = 'x') VALUES (1), (2)");
        rows("INSERT INTO i PARTITION (p) (a, p) SELECT 3, 'y'");
        rows("INSERT INTO i BY NAME SELECT 4 AS a, 'z' AS p");
        rows("WITH q AS (SELECT 'w' AS p, 5 AS a) INSERT INTO i SELECT * FROM q");
        assertThat(rows("SHOW PARTITIONS i")).containsExactly(List.of("w"), List.of("x"), List.of("y"), List.of("z"));
        rows("INSERT OVERWRITE i PARTITION (p = 'x') SELECT 10");
        rows("INSERT INTO i REPLACE WHERE p = 'y' SELECT 'y', 30");
        fails("INSERT INTO i REPLACE WHERE p = 'y' SELECT 'q', 30", "DELTA_REPLACE_WHERE_MISMATCH");
        rows("INSERT INTO i REPLACE USING (p) SELECT 'z', 40");
        rows("INSERT INTO i AS t REPLACE ON t.p = s.p (SELECT 'w' AS p, 50 AS a) AS s");
        assertThat(rows("SELECT p, a FROM i ORDER BY p"))
                .containsExactly(List.of("w", "50"), List.of("x", "10"), List.of("y", "30"), List.of("z", "40"));
        rows("FROM i INSERT INTO i SELECT 'm', a WHERE p = 'x' INSERT INTO i SELECT 'n', a WHERE p = 'y'");
        assertThat(rows("SELECT p, a FROM i WHERE p IN ('m', 'n') ORDER BY p"))
                .containsExactly(List.of("m", "10"), List.of("n", "30"));
        fails("INSERT INTO i BY NAME SELECT 1 AS nope", "INCOMPATIBLE_DATA_FOR_TABLE.EXTRA_COLUMNS");
    }

    @Test
    void merge_everyClause_countsWhatItDid() {
        rows("CREATE TABLE m (id INT, v STRING, n INT)");
        rows("INSERT INTO m VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3), (4, 'd', 4)");
        rows("CREATE TABLE s AS SELECT * FROM VALUES (1, 'A', 10), (2, 'B', 20), (9, 'I', 90) AS x(id, v, n)");
        assertThat(rows("WITH src AS (SELECT * FROM s) MERGE INTO m t USING src ON t.id = src.id"
                        + " WHEN MATCHED AND t.id = 1 THEN UPDATE SET * WHEN MATCHED THEN DELETE"
                        + " WHEN NOT MATCHED THEN INSERT *"
                        + " WHEN NOT MATCHED BY SOURCE AND t.id = 3 THEN UPDATE SET v = concat(t.v, '!')"
                        + " WHEN NOT MATCHED BY SOURCE THEN DELETE"))
                .containsExactly(List.of("5", "2", "2", "1"));
        assertThat(rows("SELECT * FROM m ORDER BY id"))
                .containsExactly(List.of("1", "A", "10"), List.of("3", "c!", "3"), List.of("9", "I", "90"));
        fails(
                "MERGE INTO m USING (SELECT 1 AS id UNION ALL SELECT 1) d ON m.id = d.id WHEN MATCHED THEN UPDATE SET n = 0",
                "DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE");
        fails(
                "MERGE INTO m USING (SELECT 1 AS id) d ON m.id = d.id WHEN NOT MATCHED THEN INSERT *",
                "DELTA_MERGE_UNRESOLVED_EXPRESSION");
        rows("MERGE WITH SCHEMA EVOLUTION INTO m USING (SELECT 9 AS id, true AS flag) d ON m.id = d.id"
                + " WHEN MATCHED THEN UPDATE SET *");
        assertThat(rows("SELECT * FROM m WHERE id = 9")).containsExactly(List.of("9", "I", "90", "true"));
    }

    @Test
    void rules_ofColumns_computeAndCheckValues() {
        rows("CREATE TABLE g (id BIGINT GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 5), a INT,"
                + " d STRING DEFAULT 'x', twice INT GENERATED ALWAYS AS (a * 2))"
                + " TBLPROPERTIES ('delta.feature.allowColumnDefaults' = 'supported')");
        rows("INSERT INTO g (a) VALUES (1), (2)");
        rows("INSERT INTO g (a, d) VALUES (3, DEFAULT), (4, 'q')");
        rows("UPDATE g SET a = 7, d = DEFAULT WHERE a = 4");
        assertThat(rows("SELECT * FROM g ORDER BY id"))
                .containsExactly(
                        List.of("10", "1", "x", "2"),
                        List.of("15", "2", "x", "4"),
                        List.of("20", "3", "x", "6"),
                        List.of("25", "7", "x", "14"));
        fails("INSERT INTO g (id, a) VALUES (1, 1)", "DELTA_IDENTITY_COLUMNS_EXPLICIT_INSERT_NOT_SUPPORTED");
        fails("INSERT INTO g (a, twice) VALUES (1, 5)", "DELTA_VIOLATE_CONSTRAINT_WITH_VALUES");
        rows("ALTER TABLE g ADD CONSTRAINT small CHECK (a < 100)");
        fails("INSERT INTO g (a) VALUES (100)", "DELTA_VIOLATE_CONSTRAINT_WITH_VALUES");
        fails("ALTER TABLE g ADD CONSTRAINT tiny CHECK (a < 3)", "DELTA_NEW_CHECK_CONSTRAINT_VIOLATION");
        rows("ALTER TABLE g DROP CONSTRAINT small");
        rows("INSERT INTO g (a) VALUES (100)");
        fails("ALTER TABLE g DROP CONSTRAINT small", "DELTA_CONSTRAINT_DOES_NOT_EXIST");
    }

    @Test
    void alter_columns_changesFormAndKeepsRows() {
        rows("CREATE TABLE c (a INT, s STRUCT<x: INT>) TBLPROPERTIES ('delta.enableTypeWidening' = 'true')");
        rows("INSERT INTO c VALUES (1, named_struct('x', 2))");
        rows("ALTER TABLE c ADD COLUMNS (z STRING COMMENT 'zz' AFTER a, s.y DOUBLE)");
        rows("ALTER TABLE c ALTER COLUMN a TYPE BIGINT");
        rows("ALTER TABLE c ALTER COLUMN z FIRST");
        rows("ALTER TABLE c ALTER COLUMN a COMMENT 'aa'");
        rows("ALTER TABLE c ALTER COLUMN a SET NOT NULL");
        assertThat(rows("DESCRIBE c"))
                .containsExactly(
                        List.of("z", "string", "zz"),
                        List.of("a", "bigint", "aa"),
                        List.of("s", "struct<x:int,y:double>", "null"));
        assertThat(rows("SELECT z, a, s.x, s.y FROM c")).containsExactly(List.of("null", "1", "2", "null"));
        rows("UPDATE c SET s.y = 1.5, z = 'n'");
        assertThat(rows("SELECT s.x, s.y FROM c")).containsExactly(List.of("2", "1.5"));
        fails("INSERT INTO c VALUES ('a', NULL, NULL)", "DELTA_NOT_NULL_CONSTRAINT_VIOLATED");
        fails("ALTER TABLE c ALTER COLUMN a TYPE STRING", "DELTA_UNSUPPORTED_ALTER_TABLE_CHANGE_COL_OP");
        assertThat(rows("SELECT * FROM c VERSION AS OF 1")).hasSize(1);
        rows("ALTER TABLE c ADD CONSTRAINT pk PRIMARY KEY (a)");
        rows("ALTER TABLE c DROP PRIMARY KEY");
    }

    @Test
    void tablesLikeOthers_haveTheirFormOrRows() {
        rows("CREATE TABLE o (a INT COMMENT 'c') TBLPROPERTIES ('k' = 'v')");
        rows("INSERT INTO o VALUES (1)");
        rows("INSERT INTO o VALUES (2)");
        rows("CREATE TABLE l LIKE o");
        assertThat(rows("DESCRIBE l")).containsExactly(List.of("a", "int", "c"));
        assertThat(rows("SELECT * FROM l")).isEmpty();
        assertThat(rows("CREATE OR REPLACE TABLE k SHALLOW CLONE o VERSION AS OF 1")
                        .get(0))
                .hasSize(6);
        assertThat(rows("SELECT * FROM k")).containsExactly(List.of("1"));
        rows("CREATE TABLE dd DEEP CLONE o");
        assertThat(rows("SELECT count(*) FROM dd")).containsExactly(List.of("2"));
        rows("ANALYZE TABLE o COMPUTE STATISTICS");
    }

    @Test
    void temporaryView_isTheSessionsOwn() {
        rows("CREATE TABLE b (a INT)");
        rows("INSERT INTO b VALUES (1), (2)");
        rows("CREATE OR REPLACE TEMPORARY VIEW tv (k) AS SELECT a FROM b WHERE a > 1");
        assertThat(rows("SELECT k FROM tv")).containsExactly(List.of("2"));
        rows("MERGE INTO b USING tv ON b.a = tv.k WHEN MATCHED THEN UPDATE SET a = 20");
        assertThat(rows("SELECT a FROM b ORDER BY a")).containsExactly(List.of("1"), List.of("20"));
        fails("CREATE TEMP VIEW tv AS SELECT 1 AS x", "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS");
        fails("CREATE VIEW pv AS SELECT * FROM tv", "INVALID_TEMP_OBJ_REFERENCE");
        try (EngineSession other = engine.openSession(ME)) {
            assertThatThrownBy(() -> Rows.of(other, "SELECT * FROM tv")).isInstanceOf(EngineException.class);
        }
        rows("DROP VIEW tv");
        fails("SELECT * FROM tv", "TABLE_OR_VIEW_NOT_FOUND");
        rows("CREATE VIEW pv (c COMMENT 'x') COMMENT 'v' TBLPROPERTIES ('p' = 'q') AS SELECT a FROM b");
        rows("ALTER VIEW pv AS SELECT a, a + 1 AS n FROM b");
        assertThat(rows("SELECT n FROM pv ORDER BY n")).containsExactly(List.of("2"), List.of("21"));
        rows("CREATE OR REPLACE TABLE b AS SELECT 5 AS a");
        assertThat(rows("SELECT n FROM pv")).containsExactly(List.of("6"));
    }

    @Test
    void function_writtenInSql_standsForItsBody() {
        rows("CREATE FUNCTION plus(a INT, b INT DEFAULT 10) RETURNS INT COMMENT 'adds' RETURN a + b");
        assertThat(rows("SELECT plus(1, 2), main.default.plus(id), plus(b => 5, a => 1) FROM VALUES (7) AS t(id)"))
                .containsExactly(List.of("3", "17", "6"));
        rows(
                "CREATE OR REPLACE FUNCTION most() RETURNS STRING RETURN (SELECT max(x) FROM VALUES ('a'), ('b') AS t(x))");
        assertThat(rows("SELECT most()")).containsExactly(List.of("b"));
        rows("CREATE FUNCTION upto(n INT) RETURNS TABLE (i BIGINT, sq BIGINT) RETURN SELECT id, id * id FROM range(n)");
        assertThat(rows("SELECT * FROM upto(3) WHERE i > 0")).containsExactly(List.of("1", "1"), List.of("2", "4"));
        fails("CREATE FUNCTION plus(a INT) RETURNS INT RETURN a", "ROUTINE_ALREADY_EXISTS");
        fails("CREATE FUNCTION bad(a INT) RETURNS INT RETURN nope", "UNRESOLVED_COLUMN.WITH_SUGGESTION");
        fails("SELECT plus(1, 2, 3)", "WRONG_NUM_ARGS.WITHOUT_SUGGESTION");
        rows("DROP FUNCTION plus");
        fails("SELECT plus(1, 2)", "UNRESOLVED_ROUTINE");
    }

    @Test
    void variables_ofTheSession_keepTheirValues() {
        rows("DECLARE VARIABLE x INT DEFAULT 5");
        rows("DECLARE OR REPLACE y = 'text'");
        assertThat(rows("SELECT x + 1, session.y, system.session.x")).containsExactly(List.of("6", "text", "5"));
        rows("SET VAR x = x * 2");
        rows("SET VARIABLE (x, y) = (SELECT x + 1, concat(y, '!'))");
        assertThat(rows("SELECT x, y")).containsExactly(List.of("11", "text!"));
        rows("EXECUTE IMMEDIATE 'SELECT ? + :b' INTO x USING 1, 2 AS b"
                .replace("?", "1")
                .replace("1, 2 AS b", "2 AS b"));
        assertThat(rows("SELECT x")).containsExactly(List.of("3"));
        assertThat(rows("EXECUTE IMMEDIATE concat('SELECT ', 'x')")).containsExactly(List.of("3"));
        rows("SET VAR x = DEFAULT");
        assertThat(rows("SELECT x")).containsExactly(List.of("5"));
        rows("DROP TEMPORARY VARIABLE x");
        fails("SET VAR x = 1", "UNRESOLVED_VARIABLE");
    }

    @Test
    void pivotAndUnpivot_turnRowsAndColumns() {
        rows("CREATE TABLE sales (y INT, q STRING, n INT)");
        rows("INSERT INTO sales VALUES (1, 'a', 10), (1, 'b', 20), (1, 'a', 5), (2, 'a', 7)");
        assertThat(rows("SELECT * FROM sales PIVOT (sum(n) FOR q IN ('a', 'b' AS bee)) ORDER BY y"))
                .containsExactly(List.of("1", "15", "20"), List.of("2", "7", "null"));
        assertThat(
                        rows(
                                "SELECT a_s, b_c FROM (SELECT q, n FROM sales) PIVOT (sum(n) AS s, count(*) AS c FOR q IN ('a', 'b'))"))
                .containsExactly(List.of("22", "1"));
        rows("CREATE TABLE wide AS SELECT 1 AS id, 5 AS jan, CAST(NULL AS INT) AS feb, 6L AS mar");
        assertThat(rows("SELECT * FROM wide UNPIVOT (v FOR m IN (jan, feb, mar AS march)) ORDER BY m"))
                .containsExactly(List.of("1", "jan", "5"), List.of("1", "march", "6"));
        assertThat(rows("SELECT count(*) FROM wide UNPIVOT INCLUDE NULLS (v FOR m IN (jan, feb)) AS u"))
                .containsExactly(List.of("2"));
    }
}
