package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.catalog.AwsIamRoleRequest;
import com.databricks.sdk.service.catalog.CatalogInfo;
import com.databricks.sdk.service.catalog.CreateCatalog;
import com.databricks.sdk.service.catalog.CreateExternalLocation;
import com.databricks.sdk.service.catalog.CreateSchema;
import com.databricks.sdk.service.catalog.CreateStorageCredential;
import com.databricks.sdk.service.catalog.CreateTableConstraint;
import com.databricks.sdk.service.catalog.CreateVolumeRequestContent;
import com.databricks.sdk.service.catalog.DeleteCatalogRequest;
import com.databricks.sdk.service.catalog.DeleteTableConstraintRequest;
import com.databricks.sdk.service.catalog.DisableRequest;
import com.databricks.sdk.service.catalog.EffectivePrivilege;
import com.databricks.sdk.service.catalog.EnableRequest;
import com.databricks.sdk.service.catalog.GenerateTemporaryTableCredentialRequest;
import com.databricks.sdk.service.catalog.GenerateTemporaryTableCredentialResponse;
import com.databricks.sdk.service.catalog.GetEffectiveRequest;
import com.databricks.sdk.service.catalog.GetGrantRequest;
import com.databricks.sdk.service.catalog.ListCatalogsRequest;
import com.databricks.sdk.service.catalog.ListStorageCredentialsRequest;
import com.databricks.sdk.service.catalog.PermissionsChange;
import com.databricks.sdk.service.catalog.PrimaryKeyConstraint;
import com.databricks.sdk.service.catalog.Privilege;
import com.databricks.sdk.service.catalog.PrivilegeAssignment;
import com.databricks.sdk.service.catalog.SystemSchemaInfo;
import com.databricks.sdk.service.catalog.TableConstraint;
import com.databricks.sdk.service.catalog.TableInfo;
import com.databricks.sdk.service.catalog.TableOperation;
import com.databricks.sdk.service.catalog.UpdateCatalog;
import com.databricks.sdk.service.catalog.UpdatePermissions;
import com.databricks.sdk.service.catalog.ValidateStorageCredential;
import com.databricks.sdk.service.catalog.ValidationResult;
import com.databricks.sdk.service.catalog.VolumeInfo;
import com.databricks.sdk.service.catalog.VolumeType;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.StatementResponse;
import com.databricks.sdk.service.sql.StatementState;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.conformance.Proves;
import io.lakeport.localworkspace.directory.Directory;
import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.directory.Level;
import io.lakeport.localworkspace.directory.PrincipalKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Unity Catalog through the official SDK's own classes, as the owner of the metastore and as somebody else. */
@Proves(value = "Unity Catalog", client = "Java SDK 0.141.0")
class UnityCatalogSdkTest {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static LocalWorkspace workspace;
    private static WorkspaceClient admin;
    private static WorkspaceClient other;
    private static Principal otherPrincipal;
    private static String otherName;

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
        SimulatorConnection c = workspace.connection();
        admin = client(c.token().reveal());
        Principal principal = workspace.identities().addServicePrincipal("other");
        otherPrincipal = principal;
        otherName = principal.applicationId();
        other = client(
                workspace.identities().addToken(principal, Duration.ofHours(1)).reveal());
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static WorkspaceClient client(String token) {
        return new WorkspaceClient(new DatabricksConfig()
                .setHost(workspace.connection().httpUrl().toString())
                .setAuthType("pat")
                .setToken(token));
    }

    private static StatementResponse sql(WorkspaceClient client, String statement) {
        return client.statementExecution()
                .executeStatement(new ExecuteStatementRequest()
                        .setStatement(statement)
                        .setWarehouseId(workspace.connection().warehouseId()));
    }

    private static void run(String... statements) {
        for (String statement : statements) {
            StatementResponse answer = sql(admin, statement);
            assertThat(answer.getStatus().getState())
                    .as(statement + ": " + answer.getStatus().getError())
                    .isEqualTo(StatementState.SUCCEEDED);
        }
    }

    /** Creates a catalog with a schema {@code s} and a table {@code t}; returns its name. */
    private static String catalog() {
        String name = "cat" + NAMES.incrementAndGet();
        admin.catalogs().create(new CreateCatalog().setName(name).setComment("for 'tests'"));
        admin.schemas().create(new CreateSchema().setCatalogName(name).setName("s"));
        run("CREATE TABLE " + name + ".s.t (id INT NOT NULL COMMENT 'the id', price DECIMAL(10,2), tags"
                + " ARRAY<STRING>, CONSTRAINT pk PRIMARY KEY (id)) COMMENT 'things'");
        return name;
    }

    private static void grant(String type, String name, Privilege... privileges) {
        admin.grants()
                .update(new UpdatePermissions()
                        .setSecurableType(type)
                        .setFullName(name)
                        .setChanges(List.of(
                                new PermissionsChange().setPrincipal(otherName).setAdd(List.of(privileges)))));
    }

    private static <T> List<T> all(Iterable<T> items) {
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    private static String message(StatementResponse answer) {
        return answer.getStatus().getError().getMessage();
    }

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

    @Test
    void volumes_managedAndExternal_followTheirRules() {
        String name = catalog();
        CreateVolumeRequestContent managed = new CreateVolumeRequestContent()
                .setCatalogName(name)
                .setSchemaName("s")
                .setName("files")
                .setVolumeType(VolumeType.MANAGED);
        VolumeInfo volume = admin.volumes().create(managed);
        assertThat(volume.getStorageLocation()).startsWith("s3://");
        assertThat(admin.volumes().read(name + ".s.files").getVolumeId()).isEqualTo(volume.getVolumeId());
        assertThatThrownBy(() -> admin.volumes().create(managed)).hasMessageContaining("already exists");
        assertThatThrownBy(() -> admin.volumes()
                        .create(new CreateVolumeRequestContent()
                                .setCatalogName(name)
                                .setSchemaName("s")
                                .setName("outside")
                                .setVolumeType(VolumeType.EXTERNAL)
                                .setStorageLocation("s3://nowhere/x")))
                .hasMessageContaining("No parent external location was found for path 's3://nowhere/x'");
        assertThatThrownBy(() -> other.volumes().read(name + ".s.files")).isInstanceOf(PermissionDenied.class);
        admin.volumes().delete(name + ".s.files");
        assertThatThrownBy(() -> admin.volumes().read(name + ".s.files")).isInstanceOf(NotFound.class);
    }

    @Test
    @Tag("AA-21")
    void storage_credentialAndLocation_areCheckedAndValidated() {
        String name = "store" + NAMES.incrementAndGet();
        admin.storageCredentials()
                .create(new CreateStorageCredential()
                        .setName(name)
                        .setAwsIamRole(new AwsIamRoleRequest().setRoleArn("arn:aws:iam::123456789012:role/lake")));
        assertThat(admin.storageCredentials().get(name).getAwsIamRole().getExternalId())
                .isNotEmpty();
        admin.externalLocations()
                .create(new CreateExternalLocation()
                        .setName(name)
                        .setUrl("s3://" + name + "/data/")
                        .setCredentialName(name));
        assertThatThrownBy(() -> admin.externalLocations()
                        .create(new CreateExternalLocation()
                                .setName(name + "2")
                                .setUrl("s3://" + name + "/data/inner")
                                .setCredentialName(name)))
                .hasMessageContaining("overlaps with an existing external location");
        assertThat(validate(name, "s3://" + name + "/data")).containsOnly("PASS");
        assertThat(validate(name, "abfss://c@a.dfs.core.windows.net/x")).contains("FAIL");
        assertThatThrownBy(() -> admin.storageCredentials().delete(name)).hasMessageContaining("dependent");
        assertThatThrownBy(() -> other.externalLocations().get(name)).isInstanceOf(PermissionDenied.class);
        grant("external_location", name, Privilege.CREATE_EXTERNAL_TABLE, Privilege.WRITE_FILES);
        assertThat(other.externalLocations().get(name).getUrl()).isEqualTo("s3://" + name + "/data");
        admin.externalLocations().delete(name);
        admin.storageCredentials().delete(name);
        assertThat(all(admin.storageCredentials().list(new ListStorageCredentialsRequest())))
                .extracting(c -> c.getName())
                .doesNotContain(name);
    }

    private static List<String> validate(String credential, String url) {
        return admin
                .storageCredentials()
                .validate(new ValidateStorageCredential()
                        .setStorageCredentialName(credential)
                        .setUrl(url))
                .getResults()
                .stream()
                .map(ValidationResult::getResult)
                .map(String::valueOf)
                .toList();
    }

    @Test
    @Tag("DF-19")
    void systemSchemas_disabled_areGoneUntilEnabled() {
        String metastore = admin.metastores().summary().getMetastoreId();
        assertThat(admin.metastores().current().getMetastoreId()).isEqualTo(metastore);
        assertThat(all(admin.systemSchemas().list(metastore)))
                .extracting(SystemSchemaInfo::getSchema)
                .contains("billing", "access", "information_schema");
        assertThatThrownBy(() -> other.systemSchemas()
                        .disable(new DisableRequest().setMetastoreId(metastore).setSchemaName("lakeflow")))
                .isInstanceOf(PermissionDenied.class);
        admin.systemSchemas()
                .disable(new DisableRequest().setMetastoreId(metastore).setSchemaName("lakeflow"));
        assertThat(state(metastore, "lakeflow")).isEqualTo("AVAILABLE");
        admin.systemSchemas()
                .enable(new EnableRequest().setMetastoreId(metastore).setSchemaName("lakeflow"));
        assertThat(state(metastore, "lakeflow")).isEqualTo("ENABLE_COMPLETED");
    }

    private static String state(String metastore, String schema) {
        return all(admin.systemSchemas().list(metastore)).stream()
                .filter(s -> s.getSchema().equals(schema))
                .map(s -> String.valueOf(s.getState()))
                .findFirst()
                .orElse("");
    }

    @Test
    void temporaryCredentials_withExternalUseSchema_areVendedForAnHour() {
        String name = catalog();
        String id = admin.tables().get(name + ".s.t").getTableId();
        GenerateTemporaryTableCredentialRequest request =
                new GenerateTemporaryTableCredentialRequest().setTableId(id).setOperation(TableOperation.READ);
        assertThatThrownBy(() -> admin.temporaryTableCredentials().generateTemporaryTableCredentials(request))
                .isInstanceOf(PermissionDenied.class)
                .hasMessage("User does not have EXTERNAL USE SCHEMA on Schema '" + name + ".s'.");
        run("GRANT EXTERNAL USE SCHEMA ON SCHEMA " + name + ".s TO `"
                + workspace.principal().applicationId() + "`");
        GenerateTemporaryTableCredentialResponse answer =
                admin.temporaryTableCredentials().generateTemporaryTableCredentials(request);
        assertThat(answer.getAwsTempCredentials().getAccessKeyId()).startsWith("ASIA");
        assertThat(Instant.ofEpochMilli(answer.getExpirationTime()))
                .isBetween(Instant.now().plusSeconds(3000), Instant.now().plusSeconds(3700));
    }
}
