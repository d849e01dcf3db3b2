package io.lakeport.audit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakeport.audit.Tenants;
import io.lakeport.audit.workspace.SdkControlPlaneProvider;
import io.lakeport.core.account.AccountPlane;
import io.lakeport.core.account.AppRegistrations.Registered;
import io.lakeport.core.account.AppRequest;
import io.lakeport.core.auth.DatabricksAccount;
import io.lakeport.core.catalog.Metastore;
import io.lakeport.core.catalog.Presence;
import io.lakeport.core.catalog.SystemSchema;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.grant.Grant;
import io.lakeport.core.grant.ObjectRight;
import io.lakeport.core.grant.PermissionLevel;
import io.lakeport.core.grant.PermissionObject;
import io.lakeport.core.grant.Privilege;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.location.ExternalLocation;
import io.lakeport.core.location.LocationCheck;
import io.lakeport.core.location.LocationUrl;
import io.lakeport.core.location.StorageCredential;
import io.lakeport.core.location.StorageIdentity;
import io.lakeport.core.principal.Entitlement;
import io.lakeport.core.principal.Principal;
import io.lakeport.core.principal.PrincipalKind;
import io.lakeport.core.principal.PrincipalName;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.workspace.ControlPlane;
import io.lakeport.core.workspace.WorkspaceRules;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.http.LoggedRequest;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every port that provisioning uses, at the local workspace, as its administrator and as somebody without rights. */
class ProvisioningPortsTest {
    private static LocalWorkspace workspace;
    private static ControlPlane admin;
    private static ControlPlane other;
    private static AccountPlane account;
    private static PrincipalName otherName;

    @BeforeAll
    static void start() throws Exception {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
        admin = plane(workspace.connection().token());
        var principal = workspace.identities().addServicePrincipal("other");
        otherName = PrincipalName.servicePrincipal(principal.applicationId());
        Secret token = workspace.identities().addToken(principal, Duration.ofHours(1));
        other = plane(token);
        account = account(oauthToken());
    }

    /** A personal access token does not open the account's API. */
    private static Secret oauthToken() throws Exception {
        SimulatorConnection c = workspace.connection();
        String basic = Base64.getEncoder()
                .encodeToString((c.clientId() + ":" + c.clientSecret().reveal()).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url() + "/oidc/accounts/" + WorkspaceIdentity.ACCOUNT_ID + "/v1/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&scope=all-apis"))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return Secret.of(
                new ObjectMapper().readTree(answer).path("access_token").asText());
    }

    private static ControlPlane plane(Secret token) {
        return new SdkControlPlaneProvider()
                .open(
                        Tenants.tenant("acme", url(), "Acme_Widget/1.2.3", "w1"),
                        Tenants.tokens(token.reveal()),
                        Guard.NONE);
    }

    private static AccountPlane account(Secret token) {
        return new SdkControlPlaneProvider()
                .openAccount(
                        new DatabricksAccount(URI.create(url()), WorkspaceIdentity.ACCOUNT_ID),
                        Tenants.tenant("acme", "https://dbc-1.cloud.databricks.com", "Acme_Widget/1.2.3", "w1"),
                        Tenants.tokens(token.reveal()),
                        Guard.NONE);
    }

    private static String url() {
        return workspace.connection().httpUrl().toString();
    }

    @AfterAll
    static void stop() {
        admin.close();
        other.close();
        account.close();
        workspace.close();
    }

    @Test
    @Tag("AK-19")
    void me_tellsKindGroupsAndEntitlements() {
        Principal me = admin.principals().me(Tenants.soon());
        Principal plain = other.principals().me(Tenants.soon());

        assertThat(me.name().kind()).isEqualTo(PrincipalKind.SERVICE_PRINCIPAL);
        assertThat(me.isWorkspaceAdmin()).isTrue();
        assertThat(plain.name()).isEqualTo(otherName);
        assertThat(plain.isWorkspaceAdmin()).isFalse();
        assertThat(plain.identities()).contains(otherName.name(), "users", "account users");
        Principal users = admin.principals()
                .find(PrincipalName.group("users"), Tenants.soon())
                .orElseThrow();
        assertThat(users.entitlements()).contains(Entitlement.SQL_ACCESS.scim());
    }

    @Test
    @Tag("AA-07")
    @Tag("AA-08")
    void servicePrincipal_createdAndEntitled_isFoundByApplicationIdAndName() {
        Principal managed =
                admin.principals().createServicePrincipal("Made \"here\"", Optional.empty(), Tenants.soon());
        String entra = "99999999-2222-4333-8444-555555555555";
        Principal ofEntra = admin.principals().createServicePrincipal("From Entra", Optional.of(entra), Tenants.soon());
        admin.principals().entitle(managed, Entitlement.CLUSTER_CREATE, Tenants.soon());
        admin.principals().entitle(managed, Entitlement.CLUSTER_CREATE, Tenants.soon());

        assertThat(PrincipalName.isApplicationId(managed.name().name())).isTrue();
        assertThat(ofEntra.name().name()).isEqualTo(entra);
        assertThat(admin.principals().find(managed.name(), Tenants.soon()))
                .hasValueSatisfying(found -> assertThat(found.entitlements()).containsExactly("allow-cluster-create"));
        assertThat(admin.principals().servicePrincipals("Made \"here\"", Tenants.soon()))
                .extracting(Principal::name)
                .containsExactly(managed.name());
        LakeportException refused = catchThrowableOfType(
                LakeportException.class,
                () -> other.principals().createServicePrincipal("x", Optional.empty(), Tenants.soon()));
        assertThat(refused.is(CoreError.ACCESS_DENIED)).isTrue();
    }

    @Test
    @Tag("AA-17")
    @Tag("DK-27")
    @Tag("AK-20")
    void account_principalGroupMemberAndAssignment_followOneAnother() {
        Principal principal = account.createServicePrincipal("of the account", Optional.empty(), Tenants.soon());
        Principal group = account.createGroup("Readers", Tenants.soon());
        account.addMember(group, principal, Tenants.soon());
        String id = admin.catalog().metastore(Tenants.soon()).orElseThrow().workspaceId();
        boolean before = admin.principals().isAssigned(principal.name(), Tenants.soon());
        account.assign(id, principal, Tenants.soon());
        account.assign(id, principal, Tenants.soon());

        assertThat(before).isFalse();
        assertThat(admin.principals().isAssigned(principal.name(), Tenants.soon()))
                .isTrue();
        assertThat(account.isMember(group, principal, Tenants.soon())).isTrue();
        assertThat(account.find(PrincipalName.group("Readers"), Tenants.soon())).isPresent();
        assertThat(account.assignments(id, Tenants.soon())).containsEntry(principal.id(), "USER");
        assertThat(account.isAdmin(Tenants.soon())).isTrue();
        assertThat(workspace.requests().all())
                .filteredOn(request -> request.path().startsWith("/api/2.0/accounts/"))
                .isNotEmpty()
                .extracting(LoggedRequest::userAgent)
                .allMatch(agent -> agent.startsWith("Acme_Widget/1.2.3 Lakeport/"));
    }

    @Test
    void grants_changedDirectly_areEffectiveBelow() {
        Securable catalog = Securable.catalog("main");
        Securable schema = Securable.schema("main", "default");
        Grant use = Grant.of(otherName.name(), Privilege.USE_CATALOG, catalog);
        Grant select = Grant.of(otherName.name(), Privilege.SELECT, catalog);
        admin.grants().change(catalog, List.of(use, select), List.of(), Tenants.soon());

        List<Grant> effective = admin.grants().effective(schema, Optional.of(otherName.name()), Tenants.soon());
        assertThat(effective)
                .containsExactly(new Grant(otherName.name(), Privilege.SELECT, schema, Optional.of(catalog)));
        assertThat(other.grants().effective(catalog, Optional.of(otherName.name()), Tenants.soon()))
                .contains(use, select);

        admin.grants().change(catalog, List.of(), List.of(use, select), Tenants.soon());
        assertThat(admin.grants().direct(catalog, Optional.of(otherName.name()), Tenants.soon()))
                .isEmpty();
        assertThat(admin.grants().direct(Securable.METASTORE, Optional.empty(), Tenants.soon()))
                .isNotNull();
        LakeportException hive = catchThrowableOfType(
                LakeportException.class,
                () -> admin.grants()
                        .direct(Securable.schema("hive_metastore", "default"), Optional.empty(), Tenants.soon()));
        assertThat(hive.is(CoreError.NOT_SUPPORTED)).isTrue();
    }

    @Test
    @Tag("AK-15")
    @Tag("BI-19")
    void permission_onWarehouse_isGivenBesideOthers() {
        String id = workspace.connection().warehouseId();
        ObjectRight use = ObjectRight.of(PermissionObject.WAREHOUSE, id, PermissionLevel.CAN_USE, otherName);
        List<ObjectRight> before = admin.grants().permissions(PermissionObject.WAREHOUSE, id, Tenants.soon());

        admin.grants().permit(use, Tenants.soon());

        assertThat(admin.grants().permissions(PermissionObject.WAREHOUSE, id, Tenants.soon()))
                .containsAll(before)
                .contains(use);
    }

    @Test
    void look_tellsPresentMissingAndDeniedApart() {
        assertThat(admin.catalog().look(Securable.table("samples", "faa", "birdstrikes"), Tenants.soon()))
                .satisfies(there -> {
                    assertThat(there.isPresent()).isTrue();
                    assertThat(there.columns()).isNotEmpty();
                });
        assertThat(admin.catalog()
                        .look(Securable.catalog("nowhere"), Tenants.soon())
                        .state())
                .isEqualTo(Presence.State.NOT_FOUND);
        assertThat(other.catalog()
                        .look(Securable.catalog("main"), Tenants.soon())
                        .state())
                .isEqualTo(Presence.State.DENIED);
        assertThat(admin.catalog().names(Securable.METASTORE, Tenants.soon())).contains("main", "samples");
        assertThat(admin.catalog().names(Securable.schema("samples", "faa"), Tenants.soon()))
                .contains("birdstrikes");
    }

    @Test
    void systemSchemas_enabledTwice_areEnabled() {
        Metastore metastore = admin.catalog().metastore(Tenants.soon()).orElseThrow();
        assertThat(admin.catalog().systemSchemas(metastore, Tenants.soon()))
                .contains(new SystemSchema("storage", "AVAILABLE"));

        admin.catalog().enableSystemSchema(metastore, "storage", Tenants.soon());
        admin.catalog().enableSystemSchema(metastore, "storage", Tenants.soon());

        assertThat(admin.catalog().systemSchemas(metastore, Tenants.soon()))
                .filteredOn(schema -> schema.name().equals("storage"))
                .allMatch(SystemSchema::isEnabled);
    }

    @Test
    @Tag("AA-19")
    @Tag("AA-25")
    void storage_ofBothClouds_isCreatedAndValidated() {
        StorageCredential aws = admin.locations()
                .createCredential(
                        "lake-aws",
                        new StorageIdentity.AwsRole("arn:aws:iam::123456789012:role/lake"),
                        true,
                        Tenants.soon());
        admin.locations()
                .createCredential(
                        "lake-azure",
                        new StorageIdentity.AzureServicePrincipal(
                                "11111111-2222-4333-8444-555555555555",
                                "21111111-2222-4333-8444-555555555555",
                                Secret.of("entra-canary")),
                        false,
                        Tenants.soon());
        LocationUrl s3 = LocationUrl.parse("s3://ports-test/lake/");
        LocationUrl adls = LocationUrl.parse("abfss://c@account.dfs.core.windows.net/lake");
        ExternalLocation made = admin.locations()
                .createLocation(new ExternalLocation("lake", s3, "lake-aws", true, Optional.empty()), Tenants.soon());

        assertThat(aws.trust().orElseThrow()).contains("external id", "arn:aws:iam::");
        assertThat(made.readOnly()).isTrue();
        assertThat(admin.locations().location("lake", Tenants.soon())).hasValue(made);
        assertThat(admin.locations().location("none", Tenants.soon())).isEmpty();
        assertThat(admin.locations().validate("lake-aws", s3, true, Tenants.soon()))
                .noneMatch(LocationCheck::failed)
                .extracting(LocationCheck::result)
                .contains("SKIP");
        assertThat(admin.locations().validate("lake-azure", adls, false, Tenants.soon()))
                .noneMatch(LocationCheck::failed);
        assertThat(admin.locations().validate("lake-azure", s3, false, Tenants.soon()))
                .anyMatch(LocationCheck::failed);
        assertThat(admin.locations().credentials(Tenants.soon()))
                .extracting(StorageCredential::name)
                .contains("lake-aws", "lake-azure");
    }

    @Test
    void app_registered_isListedAndRemoved() {
        Registered made = account.apps()
                .register(
                        new AppRequest(
                                "host", List.of(URI.create("https://host/callback")), true, AppRequest.SQL_SCOPES),
                        Tenants.soon());

        assertThat(made.secret()).isPresent();
        assertThat(account.apps().list(Tenants.soon()))
                .filteredOn(app -> app.clientId().equals(made.app().clientId()))
                .singleElement()
                .satisfies(app -> assertThat(app.scopes()).containsExactly("sql", "offline_access"));
        account.apps().delete(made.app().integrationId(), Tenants.soon());
        assertThat(account.apps().list(Tenants.soon()))
                .noneMatch(app -> app.clientId().equals(made.app().clientId()));
    }

    @Test
    void rules_areToldToAdministratorsOnly() {
        assertThat(admin.rules().ipAccessLists(Tenants.soon())).isEmpty();
        assertThat(admin.rules().setting(WorkspaceRules.TOKENS, Tenants.soon())).hasValue("true");
        assertThat(catchThrowableOfType(
                                LakeportException.class, () -> other.rules().ipAccessLists(Tenants.soon()))
                        .is(CoreError.ACCESS_DENIED))
                .isTrue();
    }
}
