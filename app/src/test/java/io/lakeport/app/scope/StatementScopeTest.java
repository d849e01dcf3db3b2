package io.lakeport.app.scope;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Isolation;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantScope;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.tenant.WorkspaceHost;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementScopeTest {
    private static StatementScope scope(AccessProfile access, String... catalogs) {
        return new StatementScope(scope(new TenantScope(Set.of(catalogs), Set.of(), access), Optional.of("main")));
    }

    private static Tenant scope(TenantScope scope, Optional<String> catalog) {
        return new Tenant(
                TenantId.of("acme"),
                WorkspaceHost.parse("https://h.example.com"),
                List.of(WarehouseId.of("w")),
                "sea",
                catalog,
                Optional.empty(),
                IdentitySettings.pat(Secret.of("t")),
                Isolation.SHARED_CREDENTIALS,
                scope,
                UserAgentEntry.parse("a_b/1"),
                Duration.ofMinutes(1));
    }

    private static StatementRequest request(String sql) {
        return StatementRequest.of(sql).build(Deadline.after(Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @Tag("AK-09")
    @ValueSource(
            strings = {
                "SELECT * FROM evil.s.t",
                "select * from main.s.t, evil.s.t",
                "SELECT * FROM main.s.t a JOIN main.s.u b ON a.x = b.x, evil.s.t",
                "SELECT (SELECT max(x) FROM evil.s.t) FROM main.s.t",
                "WITH c AS (SELECT * FROM `evil`.s.t) SELECT * FROM c",
                "SELECT * FROM/* main.s. */evil -- x\n.s.t",
                "SELECT 'it\\'s' , x FROM evil.s.t WHERE y = 'a'",
                "SELECT r'\\' , x FROM evil.s.t",
                "SELECT evil.s.f(x) FROM main.s.t",
                "SELECT * FROM (evil.s.t)",
                "SELECT * FROM main.s.t JOIN ((evil.s.t) JOIN main.s.u ON true) ON true",
                "SELECT * FROM main.s.t, (main.s.u JOIN evil.s.t ON true)",
                "SELECT * FROM main.s.t AS limit, evil.s.t",
                "SELECT 1 -- \rFROM evil.s.t",
                "TABLE evil.s.t",
                "DESCRIBE TABLE EXTENDED evil.s.t",
                "SHOW SCHEMAS IN evil",
                "SHOW TABLES IN evil.s",
                "USE CATALOG evil",
                "DESCRIBE HISTORY evil.s.t",
                "DESCRIBE DETAIL evil.s.t",
                "SHOW TBLPROPERTIES evil.s.t",
                "SELECT * FROM table_changes('`evil`.s.t', 0)",
                "SELECT * FROM table_changes(concat('evil', '.s.t'), 0)",
                "SELECT * FROM IDENTIFIER('evil.s.t')",
                "SELECT * FROM delta.`s3://elsewhere/t`",
                "SELECT * FROM read_files('s3://elsewhere/')",
                "SELECT * FROM system.information_schema.tables",
                "SELECT secret('scope', 'key')",
                "SELECT * FROM json.`relative`",
                "SHOW CATALOGS",
                "SHOW EXTERNAL LOCATIONS",
                "DESCRIBE STORAGE CREDENTIAL c",
                "SHOW PARTITIONS evil.s.t",
                "LIST '/Volumes/evil/s/v'",
                "LIST '/Volumes/main/../evil/s/v'",
                "LIST 's3://elsewhere/'",
                "LIST '/mnt/elsewhere'",
                "SELECT * FROM vector_search(index => 'evil.s.i', query => 'x')",
            })
    void check_statementBeyondTheCatalogs_isRefused(String sql) {
        assertThatThrownBy(() -> scope(AccessProfile.READ, "main").check(request(sql)))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> org.assertj.core.api.Assertions.assertThat(e.category())
                                .isEqualTo(ErrorCategory.PERMISSION_DENIED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT t.a.b.c FROM s.t WHERE x IN (1, 2) ORDER BY t.a.b",
                "SELECT 'evil.s.t', \"FROM evil.s.t\" FROM MAIN.s.t -- FROM evil.s.t",
                "SELECT a, evil.x.y FROM main.s.t evil GROUP BY 1, evil.x.y",
                "SELECT * FROM range(10)",
                "SELECT * FROM s.t WHERE x IN (t.a.b, (t.a.c))",
                "SELECT * FROM (SELECT t.a.b, t.a.c FROM s.t) AS u JOIN s.v USING (a)",
                "SELECT detail, history FROM table_changes('`MAIN`.s.`it\\'s`', 0, 3)",
                "(SELECT 1) UNION ALL (SELECT 2)",
                "SHOW TABLES IN main.s",
                "SELECT `update`, insert FROM t",
                "EXPLAIN SELECT 1",
            })
    void check_statementWithinTheScope_passes(String sql) {
        assertThatCode(() -> scope(AccessProfile.READ, "main").check(request(sql)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @Tag("AK-25")
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (1)",
                "/* SELECT */ DELETE FROM t",
                "WITH c AS (SELECT 1) INSERT INTO t SELECT * FROM c",
                "FROM s INSERT INTO t SELECT *",
                "DROP TABLE t",
                "CREATE TABLE t AS SELECT 1",
                "OPTIMIZE t",
                "EXPLAIN INSERT INTO t VALUES (1)",
            })
    void check_writeWithReadAccess_isRefusedAndWithWriteBackPasses(String sql) {
        assertThatThrownBy(() -> scope(AccessProfile.READ).check(request(sql)))
                .hasMessageContaining("set scope.access to write_back");
        assertThatCode(() -> scope(AccessProfile.WRITE_BACK).check(request(sql)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @Tag("AK-09")
    @Tag("AK-25")
    @ValueSource(
            strings = {
                "COPY INTO main.s.t FROM 's3://elsewhere/x' FILEFORMAT = CSV",
                "COPY INTO main.s.t FROM (SELECT a FROM 's3://elsewhere/x') FILEFORMAT = CSV",
                "COPY INTO main.s.t FROM '\\u0073\\u0033://elsewhere' FILEFORMAT = CSV",
                "COPY INTO evil.s.t FROM '/Volumes/main/s/v/x' FILEFORMAT = CSV",
                "INSERT OVERWRITE DIRECTORY 's3://elsewhere/x' USING PARQUET SELECT * FROM main.s.t",
                "CREATE TABLE main.s.x LOCATION 's3://elsewhere/x' AS SELECT 1",
                "CREATE TABLE main.s.x CLONE evil.s.t",
                "CREATE TABLE evil.s.x AS SELECT * FROM main.s.t",
                "CREATE VIEW main.s.v AS SELECT * FROM evil.s.t",
                "ALTER TABLE main.s.t SET LOCATION 's3://elsewhere/x'",
                "OPTIMIZE evil.s.t",
                "VACUUM evil.s.t",
                "REFRESH evil.s.t",
                "RESTORE evil.s.t TO VERSION AS OF 1",
                "CONVERT TO DELTA evil.s.t",
                "DROP TABLE IF EXISTS evil.s.t",
                "DROP SCHEMA evil.s CASCADE",
                "DROP CATALOG evil",
                "CREATE CATALOG evil",
                "SET CATALOG evil",
                "MERGE INTO main.s.t USING evil.s.u ON true WHEN MATCHED THEN DELETE",
                "PUT '/tmp/x' INTO '/Volumes/evil/s/v/x'",
                "REMOVE '/Volumes/evil/s/v/x'",
                "CALL evil.s.p()",
                "GRANT SELECT ON TABLE evil.s.t TO `a`",
                "UPDATE evil.s.t SET a = 1",
                "TRUNCATE TABLE evil.s.t",
                "ANALYZE TABLE evil.s.t COMPUTE STATISTICS",
                "COMMENT ON TABLE evil.s.t IS 'x'",
                "EXECUTE IMMEDIATE 'SELECT 1'",
            })
    void check_writeBackBeyondTheCatalogs_isRefused(String sql) {
        assertThatThrownBy(() -> scope(AccessProfile.WRITE_BACK, "main").check(request(sql)))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> org.assertj.core.api.Assertions.assertThat(e.category())
                                .isEqualTo(ErrorCategory.PERMISSION_DENIED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY INTO s.t FROM '/Volumes/main/s/v/x' FILEFORMAT = CSV",
                "CREATE OR REPLACE TABLE main.s.t AS SELECT t.a.b.c FROM s.u t",
                "INSERT INTO s.t SELECT 's3://x/' AS a, trim('/' FROM '/a/') FROM main.s.u",
                "OPTIMIZE main.s.t WHERE d.e.f > 1",
                "MERGE INTO s.t USING main.s.u ON t.a.b.c = u.a.b.c WHEN MATCHED THEN UPDATE SET t.x = u.a.b.c",
                "ALTER TABLE main.s.t SET TAGS ('a.b.c' = 'd')",
                "REMOVE '/Volumes/MAIN/s/v/x'",
            })
    void check_writeBackWithinTheCatalogs_passes(String sql) {
        assertThatCode(() -> scope(AccessProfile.WRITE_BACK, "main").check(request(sql)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @Tag("AK-11")
    @ValueSource(
            strings = {
                "SELECT * FROM theirs.t",
                "SELECT * FROM main.theirs.t",
                "SELECT * FROM `MAIN`.`theirs`.t",
                "SELECT * FROM main.information_schema.tables",
                "SELECT theirs.f(x) FROM ours.t",
                "SHOW TABLES IN theirs",
                "SHOW TABLES IN main.theirs",
                "DESCRIBE SCHEMA theirs",
                "USE theirs",
                "USE SCHEMA main.theirs",
                "LIST '/Volumes/main/theirs/v'",
                "TABLE theirs.t",
            })
    void check_schemaBeyondTheScope_isRefused(String sql) {
        assertThatThrownBy(() -> new StatementScope(inSchemas("main.ours", "main.also")).check(request(sql)))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> org.assertj.core.api.Assertions.assertThat(e.category())
                                .isEqualTo(ErrorCategory.PERMISSION_DENIED));
    }

    @Test
    void check_schemaWithinTheScope_passes() {
        StatementScope scope = new StatementScope(inSchemas("main.ours", "also"));
        for (String sql : List.of(
                "SELECT * FROM main.OURS.t JOIN also.u USING (a)", "SHOW TABLES IN ours", "SELECT 1", "SHOW SCHEMAS")) {
            assertThatCode(() -> scope.check(request(sql))).as(sql).doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> scope.check(request("SELECT * FROM t")))
                .as("which schema is meant depends on the workspace")
                .hasMessageContaining("set the tenant's 'schema'");
        assertThatCode(() -> new StatementScope(inSchemas("main.ours")).check(request("SELECT * FROM t")))
                .as("there is one only")
                .doesNotThrowAnyException();
    }

    @Test
    void check_bareNameWithSeveralCatalogsAndNoDefault_isRefused() {
        Tenant tenant = scope(new TenantScope(Set.of("main", "more"), Set.of(), AccessProfile.READ), Optional.empty());

        assertThatThrownBy(() -> new StatementScope(tenant).check(request("SELECT * FROM s.t")))
                .hasMessageContaining("that of the workspace may be another's");
        assertThatCode(() -> new StatementScope(tenant).check(request("SELECT 1, x FROM main.s.t")))
                .doesNotThrowAnyException();
    }

    private static Tenant inSchemas(String... schemas) {
        return scope(
                new TenantScope(Set.of("main"), Set.of(schemas), Set.of(), AccessProfile.READ), Optional.of("main"));
    }

    @Test
    void check_grantOnTheCatalog_passes() {
        assertThatCode(() -> scope(AccessProfile.WRITE_BACK, "main")
                        .check(request("GRANT USE CATALOG ON CATALOG main TO `a`")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> scope(AccessProfile.WRITE_BACK, "main")
                        .check(request("GRANT USE CATALOG ON CATALOG evil TO `a`")))
                .hasMessageContaining("may not use catalog 'evil'");
    }

    @Test
    void check_catalogOfTheRequest_isChecked() {
        StatementRequest request = StatementRequest.of("SELECT 1")
                .catalog(Optional.of("evil"))
                .build(Deadline.after(Duration.ofMinutes(1)));

        assertThatThrownBy(() -> scope(AccessProfile.READ, "main").check(request))
                .hasMessageContaining("may not use catalog 'evil'");
    }
}
