package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.AccountClient;
import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.InvalidState;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.settings.AccountIpAccessEnable;
import com.databricks.sdk.service.settings.BooleanMessage;
import com.databricks.sdk.service.settings.CreateIpAccessList;
import com.databricks.sdk.service.settings.IpAccessListInfo;
import com.databricks.sdk.service.settings.ListType;
import com.databricks.sdk.service.settings.ReplaceIpAccessList;
import com.databricks.sdk.service.settings.UpdateAccountIpAccessEnableRequest;
import com.databricks.sdk.service.settings.UpdateIpAccessList;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.conformance.Proves;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** IP access lists, through the SDK; a second address of loopback stands for somebody elsewhere. */
@Proves(value = "IP access lists", client = "Java SDK 0.141.0")
class IpAccessTest {
    private LocalWorkspace workspace;
    private WorkspaceClient client;

    @BeforeEach
    void start() {
        workspace = Workspaces.start();
        client = Clients.admin(workspace);
    }

    @AfterEach
    void stop() {
        workspace.close();
    }

    /** Asks from another address, which no HTTP client of the JDK can. */
    private String from(String address, String path) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getByName("127.0.0.1"), workspace.connection().port(), InetAddress.getByName(address), 0)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + workspace.connection().token().reveal() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static CreateIpAccessList create(ListType type, String... addresses) {
        return new CreateIpAccessList().setLabel("office").setListType(type).setIpAddresses(List.of(addresses));
    }

    @Test
    void allowList_onlyWhenEnabled_refusesOtherAddressesInDatabricksWords() throws IOException {
        String me = "/api/2.0/preview/scim/v2/Me";
        IpAccessListInfo list = client.ipAccessLists()
                .create(create(ListType.ALLOW, "10.0.0.0/8", "127.0.0.1"))
                .getIpAccessList();
        assertThat(list.getAddressCount()).isEqualTo(2);
        assertThat(from("127.0.0.9", me)).startsWith("HTTP/1.1 200");
        client.workspaceConf().setStatus(Map.of("enableIpAccessLists", "true"));
        assertThat(from("127.0.0.9", me))
                .startsWith("HTTP/1.1 403")
                .contains("{\"error_code\":403,\"message\":\"Source IP address: 127.0.0.9 is blocked by Databricks IP"
                        + " ACL for workspace: " + WorkspaceIdentity.WORKSPACE_ID + "\"}");
        assertThat(from("127.0.0.9", "/oidc/.well-known/openid-configuration")).startsWith("HTTP/1.1 200");
        assertThat(from("127.0.0.1", me)).startsWith("HTTP/1.1 200");

        client.ipAccessLists()
                .update(new UpdateIpAccessList()
                        .setIpAccessListId(list.getListId())
                        .setIpAddresses(List.of("127.0.0.0/28")));
        assertThat(from("127.0.0.9", me)).startsWith("HTTP/1.1 200");
        assertThat(from("127.0.0.17", me)).startsWith("HTTP/1.1 403");
        client.ipAccessLists().create(create(ListType.BLOCK, "127.0.0.9/32"));
        assertThat(from("127.0.0.9", me)).startsWith("HTTP/1.1 403");
    }

    @Test
    void lists_thatWouldLockTheCallerOut_areRefused() {
        client.ipAccessLists().create(create(ListType.ALLOW, "10.0.0.0/8"));
        assertThatThrownBy(() -> client.workspaceConf().setStatus(Map.of("enableIpAccessLists", "true")))
                .isInstanceOf(InvalidState.class);
        IpAccessListInfo own = client.ipAccessLists()
                .create(create(ListType.ALLOW, "127.0.0.1"))
                .getIpAccessList();
        client.workspaceConf().setStatus(Map.of("enableIpAccessLists", "true"));
        assertThatThrownBy(() -> client.ipAccessLists().create(create(ListType.BLOCK, "127.0.0.0/8")))
                .isInstanceOf(InvalidState.class);
        assertThatThrownBy(() -> client.ipAccessLists()
                        .replace(new ReplaceIpAccessList()
                                .setIpAccessListId(own.getListId())
                                .setLabel("x")
                                .setListType(ListType.ALLOW)
                                .setIpAddresses(List.of("1.2.3.4"))
                                .setEnabled(true)))
                .isInstanceOf(InvalidState.class);
        assertThatThrownBy(() -> client.ipAccessLists().delete(own.getListId())).isInstanceOf(InvalidState.class);
        assertThat(client.ipAccessLists().list()).hasSize(2);
    }

    @Test
    void lists_badAddressTooManyOrNotAnAdmin_areRefused() {
        for (String address : List.of("300.1.1.1", "::1", "1.2.3", "1.2.3.4/33", "home")) {
            assertThatThrownBy(() -> client.ipAccessLists().create(create(ListType.BLOCK, address)))
                    .as(address)
                    .isInstanceOf(BadRequest.class);
        }
        String[] many = java.util.stream.IntStream.range(0, 1001)
                .mapToObj(i -> "10.1." + i / 256 + "." + i % 256)
                .toArray(String[]::new);
        assertThatThrownBy(() -> client.ipAccessLists().create(create(ListType.BLOCK, many)))
                .hasMessageContaining("1000");
        WorkspaceClient other = Clients.m2m(workspace, workspace.identities().addServicePrincipal("other"));
        assertThatThrownBy(() -> other.ipAccessLists().list().iterator().hasNext())
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void deny_byATest_shutsOutUntilAllowed() {
        client.currentUser().me(new MeRequest());
        workspace.ipAccess().deny("127.0.0.1");
        assertThatThrownBy(() -> client.currentUser().me(new MeRequest()))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("Source IP address: 127.0.0.1 is blocked by Databricks IP ACL");
        workspace.ipAccess().allowAll();
        assertThat(client.currentUser().me(new MeRequest()).getActive()).isTrue();
    }

    @Test
    void accountLists_guardTheAccountsApiOnly() throws IOException {
        AccountClient account = Clients.account(workspace);
        account.ipAccessLists()
                .create(new CreateIpAccessList()
                        .setLabel("a")
                        .setListType(ListType.BLOCK)
                        .setIpAddresses(List.of("127.0.0.9")));
        assertThat(from("127.0.0.9", "/api/2.0/accounts/" + WorkspaceIdentity.ACCOUNT_ID + "/scim/v2/Users"))
                .contains("is blocked by Databricks IP ACL for account: " + WorkspaceIdentity.ACCOUNT_ID);
        assertThat(from("127.0.0.9", "/api/2.0/preview/scim/v2/Me")).startsWith("HTTP/1.1 200");
        assertThat(account.ipAccessLists().list()).hasSize(1);
        account.settings()
                .EnableIpAccessLists()
                .update(new UpdateAccountIpAccessEnableRequest()
                        .setAllowMissing(true)
                        .setFieldMask("acct_ip_acl_enable.value")
                        .setSetting(
                                new AccountIpAccessEnable().setAcctIpAclEnable(new BooleanMessage().setValue(false))));
        assertThat(from("127.0.0.9", "/api/2.0/accounts/" + WorkspaceIdentity.ACCOUNT_ID + "/scim/v2/Users"))
                .startsWith("HTTP/1.1 401");
    }
}
