package io.lakeport.localworkspace.engine.duck;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.governance.Securable;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GovernedSqlTest {
    private static final String ANN = "ann@example.com";
    private static final String BOB = "bob@example.com";

    private final Governed sql = new Governed();

    @BeforeEach
    void fill() {
        sql.run(
                Governed.ADMIN,
                "CREATE CATALOG c",
                "CREATE SCHEMA c.s",
                "CREATE TABLE c.s.t (id INT, name STRING)",
                "INSERT INTO c.s.t VALUES (1, 'a')");
    }

    @AfterEach
    void close() {
        sql.close();
    }

    private void admin(String... statements) {
        sql.run(Governed.ADMIN, statements);
    }

    private String ann(String statement) {
        return sql.tried(ANN, statement);
    }

    /** Lets Ann into the schema. */
    private void enter() {
        admin("GRANT USE CATALOG ON CATALOG c TO `" + ANN + "`", "GRANT USE SCHEMA ON SCHEMA c.s TO `" + ANN + "`");
    }

    @Test
    void select_withoutPrivileges_namesWhatLacksFromTheOutside() {
        String query = "SELECT * FROM c.s.t";
        Assertions.assertThatThrownBy(() -> sql.rows(ANN, query))
                .isInstanceOf(EngineException.class)
                .hasMessage("[INSUFFICIENT_PERMISSIONS] Insufficient privileges: User does not have USE CATALOG on"
                        + " Catalog 'c'. SQLSTATE: 42501");
        admin("GRANT USAGE ON CATALOG c TO `" + ANN + "`");
        assertThat(ann(query)).isEqualTo("no USE SCHEMA on Schema 'c.s'");
        admin("GRANT USE SCHEMA ON SCHEMA c.s TO `" + ANN + "`");
        assertThat(ann(query)).isEqualTo("no SELECT on Table 'c.s.t'");
        admin("GRANT SELECT ON c.s.t TO `" + ANN + "`");
        assertThat(ann(query)).isEqualTo("ok");
        admin("REVOKE SELECT ON TABLE c.s.t FROM `" + ANN + "`");
        assertThat(ann("WITH x AS (SELECT 1 AS a) SELECT * FROM x WHERE a IN (SELECT id FROM c.s.t)"))
                .isEqualTo("no SELECT on Table 'c.s.t'");
    }

    @Test
    void rows_eachStatement_needsItsOwnPrivileges() {
        enter();
        List<String> changes = List.of(
                "UPDATE c.s.t SET name = 'x' WHERE id = 1",
                "DELETE FROM c.s.t WHERE id = 7",
                "MERGE INTO c.s.t USING (SELECT 1 AS id) AS s ON t.id = s.id WHEN MATCHED THEN DELETE");
        assertThat(ann("INSERT INTO c.s.t VALUES (2, 'b')")).isEqualTo("no MODIFY on Table 'c.s.t'");
        assertThat(ann("TRUNCATE TABLE c.s.t")).isEqualTo("no MODIFY on Table 'c.s.t'");
        changes.forEach(c -> assertThat(ann(c)).isEqualTo("no SELECT on Table 'c.s.t'"));
        admin("GRANT MODIFY ON TABLE c.s.t TO `" + ANN + "`");
        assertThat(ann("INSERT INTO c.s.t VALUES (2, 'b')")).isEqualTo("ok");
        changes.forEach(c -> assertThat(ann(c)).isEqualTo("no SELECT on Table 'c.s.t'"));
        admin("GRANT SELECT ON SCHEMA c.s TO `" + ANN + "`");
        changes.forEach(c -> assertThat(ann(c)).isEqualTo("ok"));
        assertThat(ann("INSERT OVERWRITE c.s.t SELECT * FROM c.s.t")).isEqualTo("ok");
    }

    @Test
    void create_eachObject_needsItsPrivilegeAndMakesAnOwner() {
        enter();
        assertThat(ann("CREATE CATALOG mine")).isEqualTo("no CREATE CATALOG on Metastore 'metastore'");
        assertThat(ann("CREATE SCHEMA c.mine")).isEqualTo("no CREATE SCHEMA on Catalog 'c'");
        assertThat(ann("CREATE TABLE c.s.mine (a INT)")).isEqualTo("no CREATE TABLE on Schema 'c.s'");
        assertThat(ann("CREATE VIEW c.s.v AS SELECT 1 AS a")).isEqualTo("no CREATE TABLE on Schema 'c.s'");
        assertThat(ann("CREATE VOLUME c.s.files")).isEqualTo("no CREATE VOLUME on Schema 'c.s'");
        assertThat(ann("CREATE FUNCTION c.s.f() RETURNS INT RETURN 1")).isEqualTo("no CREATE FUNCTION on Schema 'c.s'");
        admin(
                "GRANT CREATE CATALOG ON METASTORE TO `" + ANN + "`",
                "GRANT CREATE SCHEMA ON CATALOG c TO `" + ANN + "`",
                "GRANT CREATE TABLE, CREATE VOLUME ON SCHEMA c.s TO `" + ANN + "`");
        for (String statement : List.of(
                "CREATE CATALOG mine COMMENT 'hers'",
                "CREATE SCHEMA c.mine",
                "CREATE TABLE c.mine.t (a INT)",
                "CREATE TABLE c.s.mine AS SELECT 1 AS a",
                "SELECT * FROM c.s.mine",
                "CREATE VOLUME c.s.files",
                "GRANT SELECT ON TABLE c.s.mine TO `" + BOB + "`",
                "CREATE OR REPLACE TABLE c.s.mine AS SELECT 2 AS a",
                "ALTER TABLE c.s.mine ADD COLUMNS (b INT)",
                "ALTER TABLE c.s.mine RENAME TO c.s.hers")) {
            assertThat(ann(statement)).as(statement).isEqualTo("ok");
        }
        assertThat(sql.governance
                        .securables()
                        .get(Securable.table(List.of("c", "s", "hers")))
                        .owner())
                .isEqualTo(ANN);
        assertThat(sql.first(ANN, "SHOW GRANTS ON TABLE c.s.hers")).contains(BOB);
    }

    @Test
    void drop_ofWhatOthersOwn_needsManageAndForgetsGrants() {
        enter();
        admin("GRANT SELECT ON TABLE c.s.t TO `" + ANN + "`");
        assertThat(ann("DROP TABLE c.s.t")).isEqualTo("no MANAGE on Table 'c.s.t'");
        assertThat(ann("CREATE OR REPLACE TABLE c.s.t (a INT)")).isEqualTo("no MANAGE on Table 'c.s.t'");
        assertThat(ann("ALTER TABLE c.s.t RENAME TO c.s.u")).isEqualTo("no MANAGE on Table 'c.s.t'");
        assertThat(ann("ALTER TABLE c.s.t ADD COLUMNS (b INT)")).isEqualTo("no MODIFY on Table 'c.s.t'");
        assertThat(ann("DROP SCHEMA c.s CASCADE")).isEqualTo("no MANAGE on Schema 'c.s'");
        assertThat(ann("DROP CATALOG c CASCADE")).isEqualTo("no MANAGE on Catalog 'c'");
        assertThat(ann("GRANT MODIFY ON TABLE c.s.t TO `" + ANN + "`")).isEqualTo("no MANAGE on Table 'c.s.t'");
        admin("GRANT MANAGE ON SCHEMA c.s TO `" + ANN + "`");
        assertThat(ann("DROP TABLE c.s.t")).isEqualTo("ok");
        admin("CREATE TABLE c.s.t (id INT)");
        assertThat(ann("SELECT * FROM c.s.t")).isEqualTo("no SELECT on Table 'c.s.t'");
    }

    @Test
    void clonesFunctionsAndViews_changedByOthers_needTheirRightsToo() {
        enter();
        admin("GRANT MODIFY ON TABLE c.s.t TO `" + ANN + "`");
        assertThat(ann("CREATE TABLE c.s.copy SHALLOW CLONE c.s.t")).isEqualTo("no SELECT on Table 'c.s.t'");
        assertThat(ann("FROM VALUES (1, 'x') AS v(a, b) INSERT INTO c.s.u SELECT a, b INSERT INTO c.s.t SELECT a, b"))
                .startsWith("[TABLE_OR_VIEW_NOT_FOUND]");
        admin(
                "GRANT SELECT ON TABLE c.s.t TO `" + ANN + "`",
                "CREATE FUNCTION c.s.f() RETURNS INT RETURN 1",
                "CREATE VIEW c.s.v AS SELECT id FROM c.s.t",
                "GRANT MODIFY ON VIEW c.s.v TO `" + ANN + "`");
        assertThat(ann("CREATE TABLE c.s.copy SHALLOW CLONE c.s.t")).isEqualTo("no CREATE TABLE on Schema 'c.s'");
        assertThat(ann("ALTER VIEW c.s.v AS SELECT 1 AS id")).isEqualTo("no MANAGE on Table 'c.s.v'");
        assertThat(ann("SELECT c.s.f()")).isEqualTo("no EXECUTE on Routine or Model 'c.s.f'");
        assertThat(ann("DROP FUNCTION c.s.f")).isEqualTo("no MANAGE on Routine or Model 'c.s.f'");
        admin("GRANT EXECUTE ON FUNCTION c.s.f TO `" + ANN + "`", "GRANT CREATE TABLE ON SCHEMA c.s TO `" + ANN + "`");
        assertThat(sql.first(ANN, "SELECT c.s.f()")).containsExactly("1");
        assertThat(ann("CREATE TABLE c.s.copy SHALLOW CLONE c.s.t")).isEqualTo("ok");
        assertThat(ann("DROP TABLE c.s.copy")).isEqualTo("ok");
        assertThat(sql.first(Governed.ADMIN, "SELECT routine_name FROM c.information_schema.routines"))
                .containsExactly("f");
    }

    @Test
    void undrop_ofWhatOthersOwned_isRefusedAndKeepsTheOwner() {
        enter();
        admin("GRANT CREATE TABLE ON SCHEMA c.s TO `" + ANN + "`", "DROP TABLE c.s.t");
        assertThat(ann("UNDROP TABLE c.s.t")).isEqualTo("no MANAGE on Table 'c.s.t'");
        admin("UNDROP TABLE c.s.t");
        assertThat(ann("CREATE TABLE c.s.own AS SELECT 1 AS a")).isEqualTo("ok");
        assertThat(ann("DROP TABLE c.s.own")).isEqualTo("ok");
        admin("UNDROP TABLE c.s.own");
        assertThat(ann("SELECT * FROM c.s.own")).isEqualTo("ok");
        admin("CREATE SCHEMA c.files", "CREATE VOLUME c.files.v");
        assertThat(sql.tried(Governed.ADMIN, "DROP SCHEMA c.files")).startsWith("[SCHEMA_NOT_EMPTY]");
    }

    @Test
    void view_readByOthers_hasItsOwnersRights() {
        enter();
        admin("CREATE VIEW c.s.v AS SELECT name FROM c.s.t", "GRANT SELECT ON VIEW c.s.v TO `" + ANN + "`");
        assertThat(sql.first(ANN, "SELECT name FROM c.s.v")).containsExactly("a");
        assertThat(ann("SELECT * FROM c.s.t")).isEqualTo("no SELECT on Table 'c.s.t'");
        admin("ALTER VIEW c.s.v OWNER TO `" + BOB + "`");
        assertThat(ann("SELECT * FROM c.s.v")).contains("USE CATALOG on Catalog 'c'");
        admin("GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG c TO `" + BOB + "`");
        assertThat(ann("SELECT * FROM c.s.v")).isEqualTo("ok");
    }

    @Test
    void view_thatAsksWhoReads_answersEachReaderAnew() {
        enter();
        sql.people.put(ANN, "analysts");
        admin(
                "INSERT INTO c.s.t VALUES (2, '" + ANN + "')",
                "CREATE VIEW c.s.mine (who, own) AS SELECT name, is_account_group_member('analysts') FROM c.s.t"
                        + " WHERE name = current_user()",
                "CREATE VIEW c.s.counted AS SELECT count(*) AS n FROM c.s.mine",
                "CREATE VIEW c.s.seen AS SELECT DISTINCT table_name FROM c.information_schema.tables",
                "GRANT SELECT ON VIEW c.s.mine TO `" + ANN + "`",
                "GRANT SELECT ON VIEW c.s.counted TO `" + ANN + "`",
                "CREATE TABLE c.s.later (a INT)");
        assertThat(sql.rows(Governed.ADMIN, "SELECT * FROM c.s.mine")).isEmpty();
        assertThat(sql.rows(ANN, "SELECT m.who, own FROM c.s.mine AS m")).containsExactly(List.of(ANN, "true"));
        assertThat(sql.first(Governed.ADMIN, "SELECT n FROM c.s.counted")).containsExactly("0");
        assertThat(sql.first(ANN, "SELECT n FROM c.s.counted")).containsExactly("1");
        assertThat(sql.first(Governed.ADMIN, "SELECT * FROM c.s.seen")).contains("later");
        assertThat(ann("SELECT * FROM c.s.t")).isEqualTo("no SELECT on Table 'c.s.t'");
    }

    @Test
    void lists_forDifferentPrincipals_showWhatEachMaySee() {
        admin("CREATE SCHEMA c.hidden", "CREATE TABLE c.hidden.x (a INT)", "CREATE TABLE c.s.u (a INT)");
        assertThat(sql.first(ANN, "SHOW CATALOGS")).doesNotContain("c", "main").contains("system");
        assertThat(ann("SHOW SCHEMAS IN c")).isEqualTo("no USE CATALOG on Catalog 'c'");
        assertThat(ann("USE CATALOG c")).isEqualTo("no USE CATALOG on Catalog 'c'");
        assertThat(ann("USE CATALOG nowhere")).contains("nowhere");
        enter();
        admin("GRANT SELECT ON TABLE c.s.t TO `" + ANN + "`");
        assertThat(sql.first(ANN, "SHOW CATALOGS")).contains("c");
        assertThat(sql.first(ANN, "SHOW SCHEMAS IN c")).containsExactly("information_schema", "s");
        assertThat(ann("SHOW TABLES IN c.hidden")).isEqualTo("no USE SCHEMA on Schema 'c.hidden'");
        assertThat(ann("USE c.hidden")).isEqualTo("no USE SCHEMA on Schema 'c.hidden'");
        assertThat(sql.rows(ANN, "SHOW TABLES IN c.s"))
                .extracting(r -> r.get(1))
                .containsExactly("t");
        assertThat(
                        sql.first(
                                ANN,
                                "SELECT table_name FROM c.information_schema.tables WHERE table_schema <> 'information_schema'"))
                .containsExactly("t");
        assertThat(ann("DESCRIBE c.s.u")).isEqualTo("no SELECT on Table 'c.s.u'");
        admin("GRANT BROWSE ON CATALOG c TO `" + ANN + "`");
        assertThat(sql.rows(ANN, "SHOW TABLES IN c.hidden"))
                .extracting(r -> r.get(1))
                .containsExactly("x");
        assertThat(ann("DESCRIBE c.s.u")).isEqualTo("ok");
        assertThat(ann("SELECT * FROM c.s.u")).isEqualTo("no SELECT on Table 'c.s.u'");
    }

    @Test
    void missing_objects_areToldOnlyToThoseWhoMayLookThere() {
        assertThat(ann("SELECT * FROM c.s.nothing")).isEqualTo("no USE CATALOG on Catalog 'c'");
        enter();
        assertThat(ann("SELECT * FROM c.s.nothing")).startsWith("[TABLE_OR_VIEW_NOT_FOUND]");
        assertThat(ann("SELECT * FROM c.nothing.t")).startsWith("[TABLE_OR_VIEW_NOT_FOUND]");
        assertThat(ann("DROP TABLE IF EXISTS c.s.nothing")).isEqualTo("ok");
    }

    @Test
    void groups_grantedAndAsked_areThoseOfTheAccount() {
        sql.people.put(ANN, "analysts");
        admin("GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG c TO analysts");
        assertThat(ann("SELECT * FROM c.s.t")).isEqualTo("ok");
        assertThat(sql.rows(
                        ANN,
                        "SELECT is_account_group_member('analysts'), is_member('others'), current_user(),"
                                + " session_user()"))
                .containsExactly(List.of("true", "false", ANN, ANN));
    }

    @Test
    void system_schemas_openOneByOneAndOnlyWhenEnabled() {
        sql.engine()
                .replaceSystemTable(
                        "system.billing.usage",
                        List.of(new io.lakeport.localworkspace.engine.EngineColumn(
                                "sku_name", "STRING", "STRING", true)),
                        List.of(List.of("sku")));
        String query = "SELECT * FROM system.billing.usage";
        admin("GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG system TO `" + ANN + "`");
        assertThat(ann(query)).isEqualTo("no USE SCHEMA on Schema 'system.billing'");
        admin("GRANT USE SCHEMA ON SCHEMA system.billing TO `" + ANN + "`");
        assertThat(ann(query)).isEqualTo("ok");
        sql.governance.systemSchemas().set("billing", false);
        assertThat(ann(query)).startsWith("[TABLE_OR_VIEW_NOT_FOUND]");
        assertThat(sql.first(Governed.ADMIN, "SHOW SCHEMAS IN system")).doesNotContain("billing");
        assertThat(sql.tried(Governed.ADMIN, "DROP CATALOG system CASCADE")).contains("MANAGE");
    }
}
