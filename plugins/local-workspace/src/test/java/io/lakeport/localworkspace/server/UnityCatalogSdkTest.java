package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.catalog.CatalogInfo;
import com.databricks.sdk.service.catalog.CreateCatalog;
import com.databricks.sdk.service.catalog.CreateSchema;
import com.databricks.sdk.service.catalog.CreateTableConstraint;
import com.databricks.sdk.service.catalog.DeleteCatalogRequest;
import com.databricks.sdk.service.catalog.DeleteTableConstraintRequest;
import com.databricks.sdk.service.catalog.EffectivePrivilege;
import com.databricks.sdk.service.catalog.GetEffectiveRequest;
import com.databricks.sdk.service.catalog.GetGrantRequest;
import com.databricks.sdk.service.catalog.ListCatalogsRequest;
import com.databricks.sdk.service.catalog.PermissionsChange;
import com.databricks.sdk.service.catalog.PrimaryKeyConstraint;
import com.databricks.sdk.service.catalog.Privilege;
import com.databricks.sdk.service.catalog.PrivilegeAssignment;
import com.databricks.sdk.service.catalog.TableConstraint;
import com.databricks.sdk.service.catalog.TableInfo;
import com.databricks.sdk.service.catalog.UpdateCatalog;
import com.databricks.sdk.service.catalog.UpdatePermissions;
import com.databricks.sdk.service.sql.StatementState;
import io.lakeport.localworkspace.conformance.Proves;
import io.lakeport.localworkspace.directory.Directory;
import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.directory.Level;
import io.lakeport.localworkspace.directory.PrincipalKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Unity Catalog through the official SDK's own classes, as the owner of the metastore and as somebody else. */
@Proves(value = "Unity Catalog", client = "Java SDK 0.141.0")
class UnityCatalogSdkTest extends UnitySdk {
    @Test
    void catalogs_wholeLife_isKeptAndTold() {
        String name = catalog();
        CatalogInfo info = admin.catalogs().get(name);
        assertThat(info.getOwner()).isEqualTo(workspace.principal().applicationId());
        assertThat(info.getComment()).isEqualTo("for 'tests'");
        admin.catalogs()
                .update(new UpdateCatalog().setName(name).setComment("other").setOwner(otherName));
        assertThat(admin.catalogs().get(name).getOwner()).isEqualTo(otherName);
        assertThat(all(admin.catalogs().list(new ListCatalogsRequest().setMaxResults(1L))))
                .extracting(CatalogInfo::getName)
                .contains(name, "main", "samples", "system");
        assertThatThrownBy(() -> admin.catalogs().create(new CreateCatalog().setName(name)))
                .isInstanceOf(BadRequest.class)
                .satisfies(e -> assertThat(((DatabricksError) e).getErrorCode()).isEqualTo("CATALOG_ALREADY_EXISTS"));
        assertThatThrownBy(() -> admin.catalogs().delete(name)).hasMessageContaining("is not empty");
        admin.catalogs().delete(new DeleteCatalogRequest().setName(name).setForce(true));
        assertThatThrownBy(() -> admin.catalogs().get(name))
                .isInstanceOf(NotFound.class)
                .hasMessage("Catalog '" + name + "' does not exist.");
    }

    @Test
    void tables_read_tellColumnsKeysAndExistence() {
        String name = catalog();
        TableInfo table = admin.tables().get(name + ".s.t");
        assertThat(table.getColumns())
                .extracting(c -> c.getName() + " " + c.getTypeText() + " " + c.getTypeName())
                .containsExactly("id int INT", "price decimal(10,2) DECIMAL", "tags array<string> ARRAY");
        assertThat(table.getColumns().iterator().next().getTypeJson())
                .isEqualTo("{\"name\":\"id\",\"type\":\"integer\",\"nullable\":false,\"metadata\":{}}");
        assertThat(table.getComment()).isEqualTo("things");
        assertThat(table.getTableConstraints()
                        .iterator()
                        .next()
                        .getPrimaryKeyConstraint()
                        .getChildColumns())
                .containsExactly("id");
        assertThat(admin.tables().exists(name + ".s.t").getTableExists()).isTrue();
        assertThat(admin.tables().exists(name + ".s.u").getTableExists()).isFalse();
        assertThat(all(admin.tables().list(name, "s")))
                .extracting(TableInfo::getFullName)
                .containsExactly(name + ".s.t");
        admin.tableConstraints()
                .delete(new DeleteTableConstraintRequest()
                        .setFullName(name + ".s.t")
                        .setConstraintName("pk")
                        .setCascade(false));
        assertThat(admin.tables().get(name + ".s.t").getTableConstraints()).isNullOrEmpty();
        admin.tableConstraints()
                .create(new CreateTableConstraint()
                        .setFullNameArg(name + ".s.t")
                        .setConstraint(new TableConstraint()
                                .setPrimaryKeyConstraint(new PrimaryKeyConstraint()
                                        .setName("again")
                                        .setChildColumns(List.of("id")))));
        assertThat(admin.tables().get(name + ".s.t").getTableConstraints()).hasSize(1);
        admin.tables().delete(name + ".s.t");
        assertThatThrownBy(() -> admin.tables().get(name + ".s.t"))
                .isInstanceOf(NotFound.class)
                .satisfies(e -> assertThat(((DatabricksError) e).getErrorCode()).isEqualTo("TABLE_DOES_NOT_EXIST"));
        assertThatThrownBy(() -> all(admin.tables().list(name, "none")))
                .satisfies(e -> assertThat(((DatabricksError) e).getErrorCode()).isEqualTo("SCHEMA_DOES_NOT_EXIST"));
    }

    @Test
    @Tag("AA-05")
    void grants_madeThroughSdk_openTheTableStepByStep() {
        String name = catalog();
        String query = "SELECT * FROM " + name + ".s.t";
        assertThat(message(sql(other, query)))
                .isEqualTo(
                        "[INSUFFICIENT_PERMISSIONS] Insufficient privileges: User does not have USE CATALOG on Catalog '"
                                + name + "'. SQLSTATE: 42501");
        grant("catalog", name, Privilege.USE_CATALOG);
        assertThat(message(sql(other, query))).contains("USE SCHEMA on Schema '" + name + ".s'");
        grant("schema", name + ".s", Privilege.USE_SCHEMA);
        assertThat(message(sql(other, query))).contains("SELECT on Table '" + name + ".s.t'");
        grant("table", name + ".s.t", Privilege.SELECT);
        assertThat(sql(other, query).getStatus().getState()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(admin.grants()
                        .get(new GetGrantRequest().setSecurableType("table").setFullName(name + ".s.t"))
                        .getPrivilegeAssignments())
                .extracting(PrivilegeAssignment::getPrincipal)
                .containsExactly(otherName);
    }

    @Test
    void effectiveGrants_onTable_tellWhereTheyComeFrom() {
        String name = catalog();
        grant("catalog", name, Privilege.USE_CATALOG, Privilege.SELECT);
        grant("table", name + ".s.t", Privilege.MODIFY);
        List<EffectivePrivilege> privileges = List.copyOf(admin.grants()
                .getEffective(
                        new GetEffectiveRequest().setSecurableType("table").setFullName(name + ".s.t"))
                .getPrivilegeAssignments()
                .iterator()
                .next()
                .getPrivileges());
        assertThat(privileges)
                .extracting(p -> p.getPrivilege() + " " + p.getInheritedFromType() + " " + p.getInheritedFromName())
                .containsExactly("MODIFY null null", "SELECT CATALOG " + name);
        assertThatThrownBy(() -> grant("table", name + ".s.t", Privilege.USE_SCHEMA))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("Privilege USE SCHEMA is not applicable to this entity");
        assertThatThrownBy(() -> admin.grants()
                        .update(new UpdatePermissions()
                                .setSecurableType("catalog")
                                .setFullName(name)
                                .setChanges(List.of(new PermissionsChange()
                                        .setPrincipal("nobody@example.com")
                                        .setAdd(List.of(Privilege.BROWSE))))))
                .isInstanceOf(NotFound.class)
                .hasMessage("Could not find principal with name nobody@example.com.");
    }

    @Test
    void group_ofTheAccount_opensTheTableToItsMembersWhileTheyAreIn() {
        String name = catalog();
        Directory directory = workspace.identities().directory();
        DirectoryEntry group = directory.add(DirectoryEntry.builder(PrincipalKind.GROUP, "Readers of " + name)
                .level(Level.ACCOUNT)
                .members(Set.of(otherPrincipal.id()))
                .build());
        run("GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG " + name + " TO `readers of " + name + "`");
        String query = "SELECT is_account_group_member('Readers of " + name + "') FROM " + name + ".s.t";
        assertThat(sql(other, query).getStatus().getState()).isEqualTo(StatementState.SUCCEEDED);
        directory.update(group.id(), g -> g.toBuilder().members(Set.of()).build());
        assertThat(message(sql(other, query))).contains("USE CATALOG on Catalog '" + name + "'");
        assertThat(message(sql(admin, "GRANT SELECT ON TABLE " + name + ".s.t TO admins")))
                .startsWith("[PRINCIPAL_DOES_NOT_EXIST]");
        assertThat(message(sql(admin, "SHOW GRANTS ON TABLE " + name + ".s.none")))
                .contains("TABLE_OR_VIEW_NOT_FOUND");
    }

    @Test
    void requests_malformed_areRefusedWithoutTraces() throws Exception {
        String base = workspace.connection().httpUrl() + "/api/2.1/unity-catalog";
        assertThat(raw("GET", base + "/catalogs?max_results=x", ""))
                .startsWith("400 ")
                .contains("INVALID_PARAMETER_VALUE");
        assertThat(raw("GET", base + "/schemas", "")).startsWith("400 ").contains("catalog_name");
        assertThat(raw("GET", base + "/tables/one.two", "")).startsWith("400 ").contains("INVALID_PARAMETER_VALUE");
        assertThat(raw("POST", base + "/catalogs", "{")).startsWith("400 ").contains("MALFORMED_REQUEST");
        assertThat(raw("POST", base + "/catalogs", "[]")).startsWith("400 ");
        assertThat(raw("POST", base + "/catalogs", "{\"name\":\"a.b\"}")).startsWith("400 ");
        assertThat(raw("POST", base + "/volumes", "{\"catalog_name\":\"main\",\"schema_name\":\"default\",\"name\":7}"))
                .startsWith("400 ");
        assertThat(raw("PATCH", base + "/permissions/catalog/main", "{\"changes\":[{\"principal\":3,\"add\":\"x\"}]}"))
                .startsWith("404 ")
                .contains("PRINCIPAL_DOES_NOT_EXIST");
        assertThat(raw("POST", base + "/schemas", "{\"catalog_name\":\"none\",\"name\":\"x\"}"))
                .startsWith("404 ")
                .contains("CATALOG_DOES_NOT_EXIST");
        assertThat(raw("GET", base + "/permissions/spaceship/main", "")).startsWith("400 ");
        assertThat(raw("GET", base + "/permissions/catalog/none", ""))
                .startsWith("404 ")
                .contains("CATALOG_DOES_NOT_EXIST");
        assertThat(raw("DELETE", base + "/catalogs/system?force=true", "")).startsWith("403 ");
        assertThat(raw("GET", base + "/functions/main.default.f", ""))
                .startsWith("404 ")
                .contains("FUNCTION_DOES_NOT_EXIST");
    }

    private static String raw(String method, String url, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header(
                        "Authorization",
                        "Bearer " + workspace.connection().token().reveal())
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    @Test
    void lists_forSomebodyElse_showOnlyWhatWasGranted() {
        String name = catalog();
        run("CREATE TABLE " + name + ".s.u (a INT)");
        assertThat(all(other.catalogs().list(new ListCatalogsRequest())))
                .extracting(CatalogInfo::getName)
                .doesNotContain(name)
                .contains("samples", "system");
        assertThatThrownBy(() -> other.catalogs().get(name))
                .isInstanceOf(PermissionDenied.class)
                .hasMessage("User does not have USE CATALOG on Catalog '" + name + "'.");
        assertThatThrownBy(() -> other.tables().get(name + ".s.t")).isInstanceOf(PermissionDenied.class);
        grant("catalog", name, Privilege.USE_CATALOG, Privilege.USE_SCHEMA);
        grant("table", name + ".s.u", Privilege.SELECT);
        assertThat(all(other.tables().list(name, "s")))
                .extracting(TableInfo::getName)
                .containsExactly("u");
        assertThatThrownBy(() -> other.tables().delete(name + ".s.u")).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> other.schemas()
                        .create(new CreateSchema().setCatalogName(name).setName("x")))
                .isInstanceOf(PermissionDenied.class)
                .hasMessage("User does not have CREATE SCHEMA on Catalog '" + name + "'.");
        assertThat(other.tables().get("samples.faa.birdstrikes").getOwner()).isEqualTo("System user");
    }
}
