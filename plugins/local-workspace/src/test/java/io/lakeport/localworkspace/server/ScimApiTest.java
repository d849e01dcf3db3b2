package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.AccountClient;
import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.core.error.platform.ResourceConflict;
import com.databricks.sdk.service.iam.AccountGroup;
import com.databricks.sdk.service.iam.AccountServicePrincipal;
import com.databricks.sdk.service.iam.AccountUser;
import com.databricks.sdk.service.iam.ComplexValue;
import com.databricks.sdk.service.iam.CreateAccountGroupRequest;
import com.databricks.sdk.service.iam.CreateAccountServicePrincipalRequest;
import com.databricks.sdk.service.iam.CreateAccountUserRequest;
import com.databricks.sdk.service.iam.CreateGroupRequest;
import com.databricks.sdk.service.iam.CreateServicePrincipalRequest;
import com.databricks.sdk.service.iam.CreateUserRequest;
import com.databricks.sdk.service.iam.Group;
import com.databricks.sdk.service.iam.ListAccountUsersRequest;
import com.databricks.sdk.service.iam.ListGroupsRequest;
import com.databricks.sdk.service.iam.ListServicePrincipalsRequest;
import com.databricks.sdk.service.iam.ListUsersRequest;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.iam.Name;
import com.databricks.sdk.service.iam.Patch;
import com.databricks.sdk.service.iam.PatchGroupRequest;
import com.databricks.sdk.service.iam.PatchOp;
import com.databricks.sdk.service.iam.PatchUserRequest;
import com.databricks.sdk.service.iam.PermissionAssignment;
import com.databricks.sdk.service.iam.ServicePrincipal;
import com.databricks.sdk.service.iam.UpdateUserRequest;
import com.databricks.sdk.service.iam.UpdateWorkspaceAssignments;
import com.databricks.sdk.service.iam.User;
import com.databricks.sdk.service.iam.WorkspacePermission;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.conformance.Proves;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SCIM and workspace assignment, through the official SDK's own classes. */
@Proves(value = "SCIM", client = "Java SDK 0.141.0")
class ScimApiTest {
    private static final long WORKSPACE_ID = Long.parseLong(WorkspaceIdentity.WORKSPACE_ID);
    private static LocalWorkspace workspace;
    private static WorkspaceClient client;
    private static AccountClient account;

    @BeforeAll
    static void start() {
        workspace = Workspaces.start();
        client = Clients.admin(workspace);
        account = Clients.account(workspace);
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static <T> List<T> list(Iterable<T> items) {
        List<T> list = new ArrayList<>();
        items.forEach(list::add);
        return list;
    }

    private static List<String> values(Iterable<ComplexValue> values) {
        return values == null
                ? List.of()
                : list(values).stream()
                        .map(v -> v.getDisplay() == null ? v.getValue() : v.getDisplay())
                        .toList();
    }

    @Test
    void user_createGetPatchPutDelete_followsScim() {
        User created = client.usersV2()
                .create(new CreateUserRequest()
                        .setUserName("Jane.Doe@Example.com")
                        .setName(new Name().setGivenName("Jane").setFamilyName("Doe"))
                        .setEntitlements(List.of(new ComplexValue().setValue("allow-cluster-create"))));
        assertThat(created.getUserName()).isEqualTo("jane.doe@example.com");
        assertThat(created.getDisplayName()).isEqualTo("Jane Doe");
        assertThat(created.getActive()).isTrue();
        assertThat(values(created.getGroups())).containsExactly("users");

        client.usersV2()
                .patch(new PatchUserRequest()
                        .setId(created.getId())
                        .setOperations(List.of(
                                new Patch()
                                        .setOp(PatchOp.REPLACE)
                                        .setPath("active")
                                        .setValue(false),
                                new Patch()
                                        .setOp(PatchOp.ADD)
                                        .setPath("entitlements")
                                        .setValue(List.of(Map.of("value", "workspace-access"))),
                                new Patch()
                                        .setOp(PatchOp.REMOVE)
                                        .setPath("entitlements[value eq \"allow-cluster-create\"]"))));
        User patched = client.usersV2().get(created.getId());
        assertThat(patched.getActive()).isFalse();
        assertThat(values(patched.getEntitlements())).containsExactly("workspace-access");
        assertThat(patched.getName().getFamilyName()).isEqualTo("Doe");

        client.usersV2()
                .update(new UpdateUserRequest()
                        .setId(created.getId())
                        .setUserName("jane.doe@example.com")
                        .setDisplayName("J. D.")
                        .setActive(true));
        User replaced = client.usersV2().get(created.getId());
        assertThat(replaced.getDisplayName()).isEqualTo("J. D.");
        assertThat(replaced.getEntitlements()).isNullOrEmpty();

        client.usersV2().delete(created.getId());
        assertThatThrownBy(() -> client.usersV2().get(created.getId())).isInstanceOf(NotFound.class);
        assertThat(account.usersV2().get(created.getId()).getUserName()).isEqualTo("jane.doe@example.com");
        account.usersV2().delete(created.getId());
        assertThatThrownBy(() -> account.usersV2().get(created.getId())).isInstanceOf(NotFound.class);
    }

    @Test
    void users_listWithFilterAndPages_givesEachOnce() {
        for (int i = 0; i < 5; i++) {
            workspace.identities().addUser("page" + i + "@example.com");
        }
        List<User> all = list(client.usersV2()
                .list(new ListUsersRequest()
                        .setFilter("userName sw \"page\"")
                        .setStartIndex(1L)
                        .setCount(2L)));
        assertThat(all)
                .extracting(User::getUserName)
                .containsExactly(
                        "page0@example.com",
                        "page1@example.com",
                        "page2@example.com",
                        "page3@example.com",
                        "page4@example.com");
        assertThat(list(client.usersV2()
                        .list(new ListUsersRequest()
                                .setFilter("userName eq \"PAGE3@example.com\" and active eq true"))))
                .extracting(User::getUserName)
                .containsExactly("page3@example.com");
        List<User> only = list(client.usersV2()
                .list(new ListUsersRequest()
                        .setFilter("userName eq page1@example.com or userName eq \"page2@example.com\"")
                        .setAttributes("id,userName")
                        .setSortBy("userName")));
        assertThat(only).extracting(User::getDisplayName).containsOnlyNulls();
        assertThatThrownBy(() -> list(client.usersV2().list(new ListUsersRequest().setFilter("userName like x"))))
                .isInstanceOf(BadRequest.class);
    }

    @Test
    void users_duplicateBadNameBadEntitlement_areRefused() {
        workspace.identities().addUser("twice@example.com");
        assertThatThrownBy(() -> client.usersV2().create(new CreateUserRequest().setUserName("Twice@example.com")))
                .isInstanceOf(ResourceConflict.class)
                .hasMessageContaining("already exists");
        assertThatThrownBy(() -> client.usersV2().create(new CreateUserRequest().setUserName("no mail")))
                .isInstanceOf(BadRequest.class);
        assertThatThrownBy(() -> client.usersV2()
                        .create(new CreateUserRequest()
                                .setUserName("odd@example.com")
                                .setEntitlements(List.of(new ComplexValue().setValue("fly")))))
                .isInstanceOf(BadRequest.class);
    }

    @Test
    void groups_nested_giveMembershipThroughEachOther() {
        Principal user = workspace.identities().addUser("nested@example.com");
        Group inner = client.groupsV2()
                .create(new CreateGroupRequest()
                        .setDisplayName("inner")
                        .setMembers(List.of(new ComplexValue().setValue("" + user.id()))));
        Group outer = client.groupsV2()
                .create(new CreateGroupRequest()
                        .setDisplayName("outer")
                        .setMembers(List.of(new ComplexValue().setValue(inner.getId()))));
        assertThat(values(client.usersV2().get("" + user.id()).getGroups())).contains("inner", "outer", "users");
        assertThat(workspace.identities().directory().groupsOf("nested@example.com"))
                .contains("inner", "outer", "users", "account users");
        assertThat(workspace.identities().directory().exists("inner")).isFalse();
        assertThatThrownBy(() -> client.groupsV2()
                        .patch(new PatchGroupRequest()
                                .setId(inner.getId())
                                .setOperations(List.of(new Patch()
                                        .setOp(PatchOp.ADD)
                                        .setPath("members")
                                        .setValue(List.of(Map.of("value", outer.getId())))))))
                .isInstanceOf(BadRequest.class);
        client.groupsV2()
                .patch(new PatchGroupRequest()
                        .setId(inner.getId())
                        .setOperations(List.of(
                                new Patch().setOp(PatchOp.REMOVE).setPath("members[value eq \"" + user.id() + "\"]"))));
        assertThat(values(client.usersV2().get("" + user.id()).getGroups())).containsExactly("users");
        assertThat(list(client.groupsV2().list(new ListGroupsRequest().setFilter("displayName co \"e\""))))
                .extracting(Group::getDisplayName)
                .contains("inner", "outer", "users")
                .doesNotContain("account users");
    }

    @Test
    void admins_memberAdded_mayAdministerUntilRemoved() {
        Principal principal = workspace.identities().addServicePrincipal("helper");
        WorkspaceClient helper = Clients.m2m(workspace, principal);
        CreateGroupRequest group = new CreateGroupRequest().setDisplayName("made by helper");
        assertThatThrownBy(() -> helper.groupsV2().create(group)).isInstanceOf(PermissionDenied.class);
        String admins = list(client.groupsV2().list(new ListGroupsRequest().setFilter("displayName eq admins")))
                .get(0)
                .getId();
        patchMembers(admins, PatchOp.ADD, principal);
        assertThat(helper.groupsV2().create(group).getId()).isNotEmpty();
        assertThat(helper.currentUser().me(new MeRequest()).getUserName()).isEqualTo(principal.applicationId());
        assertThatThrownBy(() -> account(principal)
                        .usersV2()
                        .list(new ListAccountUsersRequest())
                        .iterator()
                        .next())
                .isInstanceOf(PermissionDenied.class);
        client.groupsV2()
                .patch(new PatchGroupRequest()
                        .setId(admins)
                        .setOperations(List.of(new Patch()
                                .setOp(PatchOp.REMOVE)
                                .setPath("members[value eq \"" + principal.id() + "\"]"))));
        assertThatThrownBy(() -> helper.groupsV2().create(new CreateGroupRequest().setDisplayName("another")))
                .isInstanceOf(PermissionDenied.class);
    }

    private static AccountClient account(Principal principal) {
        return new AccountClient(new com.databricks.sdk.core.DatabricksConfig()
                .setHost(workspace.connection().httpUrl().toString())
                .setAccountId(WorkspaceIdentity.ACCOUNT_ID)
                .setAuthType("oauth-m2m")
                .setClientId(principal.applicationId())
                .setClientSecret(workspace
                        .identities()
                        .addSecret(principal, java.time.Duration.ofHours(1))
                        .reveal()));
    }

    private static void patchMembers(String group, PatchOp op, Principal member) {
        client.groupsV2()
                .patch(new PatchGroupRequest()
                        .setId(group)
                        .setOperations(List.of(new Patch()
                                .setOp(op)
                                .setPath("members")
                                .setValue(List.of(Map.of("value", "" + member.id()))))));
    }

    @Test
    void servicePrincipal_ofTheAccount_getsInByAssignmentOnly() {
        AccountServicePrincipal created = account.servicePrincipalsV2()
                .create(new CreateAccountServicePrincipalRequest().setDisplayName("loader"));
        Principal principal =
                workspace.identities().find(created.getApplicationId()).orElseThrow();
        WorkspaceClient loader = Clients.m2m(workspace, principal);
        assertThatThrownBy(() -> loader.currentUser().me(new MeRequest()))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("Unauthorized access to workspace: " + WORKSPACE_ID);
        assertThat(list(client.servicePrincipalsV2().list(new ListServicePrincipalsRequest())))
                .extracting(ServicePrincipal::getDisplayName)
                .doesNotContain("loader");

        long id = Long.parseLong(created.getId());
        PermissionAssignment assigned = account.workspaceAssignment()
                .update(new UpdateWorkspaceAssignments()
                        .setWorkspaceId(WORKSPACE_ID)
                        .setPrincipalId(id)
                        .setPermissions(List.of(WorkspacePermission.USER)));
        assertThat(assigned.getPrincipal().getServicePrincipalName()).isEqualTo(created.getApplicationId());
        assertThat(loader.currentUser().me(new MeRequest()).getDisplayName()).isEqualTo("loader");
        assertThat(list(account.workspaceAssignment().list(WORKSPACE_ID)))
                .extracting(a -> a.getPrincipal().getDisplayName())
                .contains("loader");
        account.workspaceAssignment().delete(WORKSPACE_ID, id);
        assertThatThrownBy(() -> loader.currentUser().me(new MeRequest())).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(
                        () -> account.workspaceAssignment().list(1).iterator().hasNext())
                .isInstanceOf(NotFound.class);
    }

    @Test
    void accountGroup_assigned_bringsItsMembersIn() {
        AccountUser user = account.usersV2().create(new CreateAccountUserRequest().setUserName("through@example.com"));
        AccountGroup group = account.groupsV2().create(new CreateAccountGroupRequest().setDisplayName("analysts"));
        account.groupsV2()
                .patch(new com.databricks.sdk.service.iam.PatchAccountGroupRequest()
                        .setId(group.getId())
                        .setOperations(List.of(new Patch()
                                .setOp(PatchOp.ADD)
                                .setValue(Map.of("members", List.of(Map.of("value", user.getId())))))));
        assertThatThrownBy(() -> client.usersV2().get(user.getId())).isInstanceOf(NotFound.class);
        account.workspaceAssignment()
                .update(new UpdateWorkspaceAssignments()
                        .setWorkspaceId(WORKSPACE_ID)
                        .setPrincipalId(Long.parseLong(group.getId()))
                        .setPermissions(List.of(WorkspacePermission.ADMIN)));
        assertThat(values(client.usersV2().get(user.getId()).getGroups())).contains("analysts", "admins");
        assertThat(workspace.identities().directory().exists("analysts")).isTrue();
        assertThatThrownBy(() -> patchMembers(
                        group.getId(), PatchOp.ADD, workspace.identities().addUser("outsider@example.com")))
                .isInstanceOf(BadRequest.class);
    }

    @Test
    void servicePrincipal_createdInTheWorkspace_isListedByItsApplicationId() {
        ServicePrincipal created =
                client.servicePrincipalsV2().create(new CreateServicePrincipalRequest().setDisplayName("etl"));
        assertThat(list(client.servicePrincipalsV2()
                        .list(new ListServicePrincipalsRequest()
                                .setFilter("applicationId eq " + created.getApplicationId()))))
                .extracting(ServicePrincipal::getDisplayName)
                .containsExactly("etl");
    }
}
