package io.lakeport.core.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.principal.Entitlement;
import io.lakeport.core.principal.PrincipalName;
import io.lakeport.core.sql.TableName;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is printed for somebody to run: every character of it counts. */
class FixesTest {
    private static final String APP = "11111111-2222-4333-8444-555555555555";
    private static final PrincipalName PRINCIPAL = PrincipalName.servicePrincipal(APP);

    @Test
    @Tag("AA-11")
    @Tag("AA-13")
    void grant_ofEveryLevel_quotesNamesAndNamesTheApplicationId() {
        assertThat(Grant.of(APP, Privilege.USE_CATALOG, Securable.catalog("my-cat"))
                        .sql())
                .isEqualTo("GRANT USE CATALOG ON CATALOG `my-cat` TO `" + APP + "`");
        assertThat(Grant.of(APP, Privilege.SELECT, Securable.schema("c", "odd`name"))
                        .sql())
                .isEqualTo("GRANT SELECT ON SCHEMA `c`.`odd``name` TO `" + APP + "`");
        assertThat(Grant.of("a`b; DROP", Privilege.SELECT, Securable.table("c", "s", "t"))
                        .sql())
                .isEqualTo("GRANT SELECT ON TABLE `c`.`s`.`t` TO `a``b; DROP`");
        assertThat(Grant.of(APP, Privilege.WRITE_FILES, Securable.location("lake"))
                        .revokeSql())
                .isEqualTo("REVOKE WRITE FILES ON EXTERNAL LOCATION `lake` FROM `" + APP + "`");
    }

    @Test
    @Tag("BI-21")
    void grant_inTheHiveMetastore_isUsageAndSelectBySqlAlone() {
        Fix use = Fixes.grant(Grant.of(APP, Privilege.USE_SCHEMA, Securable.schema("hive_metastore", "default")));
        Fix select = Fixes.grant(
                Grant.of(APP, Privilege.SELECT, Securable.table(TableName.parse("hive_metastore.default.events"))));

        assertThat(use.sql()).containsExactly("GRANT USAGE ON SCHEMA `hive_metastore`.`default` TO `" + APP + "`");
        assertThat(select.sql())
                .containsExactly("GRANT SELECT ON TABLE `hive_metastore`.`default`.`events` TO `" + APP + "`");
        assertThat(select.calls()).isEmpty();
    }

    @Test
    void call_withNamesThatNeedIt_isEncodedAndEscaped() {
        Fix fix = Fixes.grant(Grant.of("say \"hi\"\\", Privilege.SELECT, Securable.schema("ä b", "s")));

        assertThat(fix.calls())
                .singleElement()
                .hasToString("PATCH /api/2.1/unity-catalog/permissions/schema/%C3%A4%20b.s"
                        + " {\"changes\":[{\"principal\":\"say \\\"hi\\\"\\\\\",\"add\":[\"SELECT\"]}]}");
        assertThat(fix.whoWords()).startsWith("a metastore admin, or the owner of the object");
    }

    @Test
    void call_idsUnknown_saysWhatBelongsThere() {
        Fix unknown = Fixes.assign(PRINCIPAL, KnownIds.NONE);
        Fix known = Fixes.assign(
                PRINCIPAL,
                new KnownIds(Optional.of("acc"), Optional.of("42"), Optional.empty(), Map.of(PRINCIPAL, "7")));

        assertThat(unknown.calls()).singleElement().satisfies(call -> {
            assertThat(call.isComplete()).isFalse();
            assertThat(call.path()).contains("<account id>").contains("<SCIM id of service principal '" + APP + "'>");
        });
        assertThat(known.calls()).singleElement().satisfies(call -> {
            assertThat(call.isComplete()).isTrue();
            assertThat(call.path()).isEqualTo("/api/2.0/accounts/acc/workspaces/42/permissionassignments/principals/7");
        });
        assertThat(Fixes.entitle(PRINCIPAL, Entitlement.SQL_ACCESS, KnownIds.NONE)
                        .calls()
                        .get(0)
                        .body()
                        .orElseThrow())
                .contains("\"value\":[{\"value\":\"databricks-sql-access\"}]");
    }

    @Test
    @Tag("DF-18")
    void level_ofAnotherKindOfObject_isRefusedWithTheNearest() {
        assertThat(refusal(PermissionObject.CLUSTER, "CAN_VIEW")).contains("the nearest is CAN_ATTACH_TO");
        assertThat(refusal(PermissionObject.CLUSTER, "can restrat")).contains("the nearest is CAN_RESTART");
        assertThat(refusal(PermissionObject.JOB, "CAN_RUN")).contains("the nearest is CAN_MANAGE_RUN");
        assertThat(refusal(PermissionObject.WAREHOUSE, "CAN_READ")).contains("the nearest is CAN_USE");
        assertThat(refusal(PermissionObject.CLUSTER_POLICY, "CAN_MANAGE")).contains("the nearest is CAN_USE");
        assertThat(PermissionObject.JOB.level("can view")).isEqualTo(PermissionLevel.CAN_VIEW);
    }

    private static String refusal(PermissionObject object, String level) {
        LakeportException refused = catchThrowableOfType(LakeportException.class, () -> object.level(level));
        assertThat(refused.is(CoreError.INVALID_ARGUMENT)).isTrue();
        return refused.getMessage();
    }

    @Test
    void names_thatCannotBe_areRefused() {
        assertThatThrownBy(() -> PrincipalName.servicePrincipal("my principal"))
                .hasMessageContaining("copy the 'Application ID'");
        assertThatThrownBy(() -> Securable.schema("a.b", "c")).hasMessageContaining("without '.'");
        assertThatThrownBy(() -> new Securable(SecurableType.TABLE, java.util.List.of("a")))
                .hasMessageContaining("3 level(s)");
        assertThatThrownBy(() -> Grant.of(APP, Privilege.USE_SCHEMA, Securable.table("a", "b", "c")))
                .hasMessageContaining("cannot be granted on a TABLE");
    }

    @Test
    void privilege_ofTheOlderModel_isTakenForTodays() {
        assertThat(Privilege.parse("usage", SecurableType.CATALOG)).isEqualTo(Privilege.USE_CATALOG);
        assertThat(Privilege.parse("USAGE", SecurableType.SCHEMA)).isEqualTo(Privilege.USE_SCHEMA);
        assertThat(Privilege.parse("create", SecurableType.SCHEMA)).isEqualTo(Privilege.CREATE_TABLE);
        assertThat(Privilege.ALL_PRIVILEGES.includes(Privilege.SELECT)).isTrue();
        assertThat(Privilege.ALL_PRIVILEGES.includes(Privilege.MANAGE)).isFalse();
    }
}
