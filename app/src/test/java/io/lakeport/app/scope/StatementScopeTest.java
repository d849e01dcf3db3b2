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
        return new StatementScope(new Tenant(
                TenantId.of("acme"),
                WorkspaceHost.parse("https://h.example.com"),
                List.of(WarehouseId.of("w")),
                "sea",
                Optional.of("main"),
                Optional.empty(),
                IdentitySettings.pat(Secret.of("t")),
                Isolation.SHARED_CREDENTIALS,
                new TenantScope(Set.of(catalogs), Set.of(), access),
                UserAgentEntry.parse("a_b/1"),
                Duration.ofMinutes(1)));
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
