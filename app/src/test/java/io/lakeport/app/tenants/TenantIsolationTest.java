package io.lakeport.app.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.EffectiveConfig;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.state.DocumentKey;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.localworkspace.http.LoggedRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tenants in one workspace, by each of the four patterns, each trying to reach what is the other's. */
@Tag("workspace-inside")
class TenantIsolationTest {
    private static final String CANARY = "globex-row-5d1f";

    private static TenantWorld world;
    private static Lakeport lakeport;
    private static TenantWorld.Identity globexOwn;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        world = new TenantWorld().in(folder);
        TenantWorld.Identity acme = world.identity("acme");
        globexOwn = world.identity("globex");
        for (String one : List.of("acme", "globex")) {
            String client = one.equals("acme") ? acme.clientId() : globexOwn.clientId();
            String cat = one + "_cat";
            world.sql(
                    "CREATE CATALOG " + cat,
                    "CREATE SCHEMA " + cat + ".s",
                    "CREATE TABLE " + cat + ".s.t AS SELECT '" + one + "-row-5d1f' AS x",
                    "GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG " + cat + " TO `" + client + "`");
        }
        world.sql(
                "CREATE CATALOG shared_cat",
                "CREATE SCHEMA shared_cat.s",
                "CREATE TABLE shared_cat.s.every AS SELECT * FROM VALUES ('" + acme.clientId() + "', 'acme-row'), ('"
                        + globexOwn.clientId() + "', '" + CANARY + "') AS v(owner, x)",
                "CREATE VIEW shared_cat.s.mine AS SELECT x FROM shared_cat.s.every WHERE owner = current_user()",
                "GRANT USE CATALOG ON CATALOG shared_cat TO `account users`",
                "GRANT USE SCHEMA ON SCHEMA shared_cat.s TO `account users`",
                "GRANT SELECT ON TABLE shared_cat.s.mine TO `account users`");
        TenantWorld.Identity owner = world.owner();
        String shared = ", \"isolation\": \"shared_credentials\", \"user_agent\": \"Vendor_%1$s/1.0 Partner_%1$s/2\","
                + " \"scope\": {\"catalogs\": [\"%1$s_cat\"], \"access\": \"write_back\","
                + " \"object_prefixes\": [\"" + folder.toUri() + "lake/%1$s/\"]}";
        lakeport = world.host(
                String.join(
                        ", ",
                        world.fixed("acme", owner, shared.formatted("acme")),
                        world.fixed("globex", owner, shared.formatted("globex")),
                        world.fixed("open", owner, ", \"isolation\": \"shared_credentials\""),
                        world.fixed("acme-own", acme, ", \"isolation\": \"shared_schema_with_roles\""),
                        world.fixed("globex-own", globexOwn, ", \"isolation\": \"shared_schema_with_roles\""),
                        world.fixed(
                                "acme-mixed",
                                acme,
                                ", \"isolation\": \"hybrid\", \"scope\": {\"access\": \"write_back\","
                                        + " \"object_prefixes\": [\"" + folder.toUri() + "lake/acme/\"]}")),
                "");
    }

    @AfterAll
    static void stop() {
        lakeport.close();
        world.close();
    }

    private static LakeportException fails(ThrowingCallable call) {
        return catchThrowableOfType(LakeportException.class, call);
    }

    private static List<String> attacks() {
        return List.of(
                "SELECT x FROM globex_cat.s.t",
                "SELECT x FROM `globex_cat`.`s`.`t`",
                "SELECT x FROM GLOBEX_CAT.s.t",
                "SELECT x FROM /* acme_cat.s. */ globex_cat /* */ . s . t",
                "SELECT x FROM globex_cat -- acme_cat\n.s.t",
                "WITH acme AS (SELECT x FROM globex_cat.s.t) SELECT * FROM acme",
                "SELECT (SELECT max(x) FROM globex_cat.s.t) AS x",
                "SELECT x FROM acme_cat.s.t UNION ALL SELECT x FROM globex_cat.s.t",
                "SELECT u.x FROM acme_cat.s.t a JOIN globex_cat.s.t u ON true",
                "SELECT u.x FROM acme_cat.s.t a, globex_cat.s.t u",
                "TABLE globex_cat.s.t",
                "SELECT x FROM IDENTIFIER('globex_cat.s.t')",
                "SELECT x FROM IDENTIFIER('globex_cat' || '.s.t')",
                "SELECT table_catalog FROM system.information_schema.tables",
                "SELECT table_name FROM globex_cat.information_schema.tables",
                "SHOW CATALOGS",
                "SHOW SCHEMAS IN globex_cat",
                "SHOW TABLES IN globex_cat.s",
                "DESCRIBE TABLE globex_cat.s.t",
                "DESCRIBE CATALOG globex_cat",
                "USE CATALOG globex_cat",
                "SELECT * FROM table_changes('globex_cat.s.t', 0)",
                "SELECT * FROM parquet.`s3://globex/t`",
                "SELECT * FROM read_files('/Volumes/globex_cat/s/v')",
                "COPY INTO acme_cat.s.t FROM '/Volumes/globex_cat/s/v/x' FILEFORMAT = CSV",
                "COPY INTO acme_cat.s.t FROM 's3://globex/x' FILEFORMAT = CSV",
                "CREATE TABLE acme_cat.s.stolen AS SELECT * FROM globex_cat.s.t",
                "CREATE VIEW acme_cat.s.window AS SELECT * FROM globex_cat.s.t",
                "INSERT INTO globex_cat.s.t VALUES ('planted')",
                "DROP TABLE globex_cat.s.t",
                "GRANT SELECT ON TABLE globex_cat.s.t TO `account users`",
                "EXECUTE IMMEDIATE 'SELECT x FROM globex_cat.s.t'");
    }

    /** The credential could do all of it: the same statement of a tenant without a scope shows the row. */
    @Test
    @Tag("AK-09")
    void sharedCredentials_whateverTheStatement_theScopeAloneHolds() {
        long shown = attacks().stream()
                .limit(11)
                .filter(sql -> canarySeen("open", sql))
                .count();
        assertThat(shown).as("the attacks are real where nothing confines").isGreaterThanOrEqualTo(9);
        world.workspace().requests().clear();

        for (String sql : attacks()) {
            LakeportException refused =
                    fails(() -> lakeport.tenant("acme").query(sql).stream().close());
            assertThat(refused).as(sql).isNotNull();
            assertThat(refused.is(CoreError.OUT_OF_SCOPE))
                    .as(sql + ": " + refused)
                    .isTrue();
            assertThat(fails(() -> lakeport.tenant("acme").query("SELECT 1").catalog("globex_cat").stream())
                            .is(CoreError.OUT_OF_SCOPE))
                    .isTrue();
        }
        assertThat(world.workspace().requests().all())
                .as("nothing was sent")
                .noneMatch(request -> request.path().contains("/sql/statements"));
        assertThat(TenantWorld.first(lakeport, "acme", "SELECT x FROM s.t")).isEqualTo("acme-row-5d1f");
        assertThat(TenantWorld.first(lakeport, "globex", "SELECT x FROM s.t")).isEqualTo(CANARY);
    }

    private static boolean canarySeen(String tenant, String sql) {
        try (var rows = lakeport.tenant(tenant).query(sql).rows()) {
            boolean seen = false;
            while (rows.next()) {
                seen |= CANARY.equals(String.valueOf(rows.getObject(0)));
            }
            return seen;
        } catch (LakeportException e) {
            return false;
        }
    }

    @Test
    @Tag("AK-10")
    void separateCredentials_withNoScopeAtAll_theWorkspaceRefuses() {
        assertThat(TenantWorld.first(lakeport, "acme-own", "SELECT x FROM acme_cat.s.t"))
                .isEqualTo("acme-row-5d1f");
        assertThat(fails(() -> TenantWorld.first(lakeport, "acme-own", "SELECT x FROM globex_cat.s.t"))
                        .category())
                .isIn(ErrorCategory.PERMISSION_DENIED, ErrorCategory.NOT_FOUND, ErrorCategory.INVALID_REQUEST);
        assertThat(attacks().stream().limit(13).filter(sql -> canarySeen("acme-own", sql)))
                .isEmpty();
    }

    @Test
    @Tag("AK-11")
    void sharedSchemaWithRoles_eachSeesItsOwnRows() {
        assertThat(TenantWorld.first(
                        lakeport, "acme-own", "SELECT array_join(collect_list(x), ',') FROM shared_cat.s.mine"))
                .isEqualTo("acme-row");
        assertThat(TenantWorld.first(
                        lakeport, "globex-own", "SELECT array_join(collect_list(x), ',') FROM shared_cat.s.mine"))
                .isEqualTo(CANARY);
        assertThat(fails(() -> TenantWorld.first(lakeport, "acme-own", "SELECT x FROM shared_cat.s.every")))
                .isNotNull();
    }

    @Test
    @Tag("AK-12")
    @Tag("AK-13")
    void hybrid_tablesByRightsAndObjectsByScope_bothHold(@TempDir Path elsewhere) {
        assertThat(canarySeen("acme-mixed", "SELECT x FROM globex_cat.s.t")).isFalse();
        URI own = world.folderUri("lake/acme/run/");
        URI others = world.folderUri("lake/globex/run/");
        for (URI target : List.of(
                others,
                URI.create(own + "../../globex/"),
                URI.create(own + "%2e%2e/%2e%2e/globex/"),
                URI.create(own.toString().replace("acme", "acme2")),
                elsewhere.toUri())) {
            assertThat(fails(() -> lakeport.tenant("acme-mixed").verify(target, TenantWorld.SOON))
                            .is(CoreError.OUT_OF_SCOPE))
                    .as(target.toString())
                    .isTrue();
        }
        assertThatCode(() -> lakeport.tenant("acme-mixed").verify(own, TenantWorld.SOON))
                .as("its own prefix is open to it")
                .doesNotThrowAnyException();
    }

    @Test
    @Tag("AK-13")
    void stateAndSecrets_ofOneTenant_areOutOfAnothersReach() {
        DocumentKey key = DocumentKey.of("thing", "a");
        lakeport.state().of(TenantId.of("globex")).put(key, CANARY.getBytes(StandardCharsets.UTF_8));
        SecretReference sealed =
                lakeport.vault().seal(TenantId.of("globex"), "k", Secret.of("globex-secret"), Optional.empty());

        assertThat(lakeport.state().of(TenantId.of("acme")).get(key)).isEmpty();
        for (String escape : List.of("../globex/thing/a", "globex/thing/a", "a\u0001")) {
            assertThat(escape.chars().anyMatch(Character::isISOControl)
                            || lakeport.state()
                                    .of(TenantId.of("acme"))
                                    .get(DocumentKey.of("thing", escape))
                                    .isEmpty())
                    .isTrue();
        }
        assertThat(fails(() -> lakeport.vault()
                                .open(new SecretReference(TenantId.of("acme"), sealed.name(), sealed.version())))
                        .category())
                .isEqualTo(ErrorCategory.NOT_FOUND);
        assertThat(EffectiveConfig.print(lakeport.config()))
                .doesNotContain(globexOwn.secret().reveal());
    }

    /** The same statement by the same credential: neither token, nor result, nor name is the other's. */
    @Test
    @Tag("AK-09")
    @Tag("AK-26")
    void sharedCredentials_sameStatement_sharesNoTokenNoCacheEntryAndNoUserAgent() {
        cached("acme");
        cached("acme");
        assertThat(lakeport.tenant("acme").cacheUse().hits()).isEqualTo(1);
        world.workspace().requests().clear();

        cached("globex");

        assertThat(lakeport.tenant("globex").cacheUse().hits()).isZero();
        Set<String> agents = world.workspace().requests().all().stream()
                .map(LoggedRequest::userAgent)
                .collect(Collectors.toSet());
        assertThat(agents).isNotEmpty().allMatch(agent -> agent.startsWith("Vendor_globex/1.0 Partner_globex/2 "));
    }

    private static void cached(String tenant) {
        try (ResultStream stream =
                lakeport.tenant(tenant).query("SELECT x FROM s.t").cached(Duration.ofMinutes(5)).stream()) {
            while (stream.next()
                    .map(chunk -> {
                        chunk.close();
                        return true;
                    })
                    .orElse(false)) {}
        }
    }
}
