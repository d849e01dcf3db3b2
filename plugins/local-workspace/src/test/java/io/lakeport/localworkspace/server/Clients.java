package io.lakeport.localworkspace.server;

import com.databricks.sdk.AccountClient;
import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import java.time.Duration;

/** The official SDK's clients, signed in by OAuth M2M or by a token. */
final class Clients {
    private Clients() {}

    private static DatabricksConfig config(LocalWorkspace workspace) {
        return new DatabricksConfig().setHost(workspace.connection().httpUrl().toString());
    }

    private static DatabricksConfig m2m(LocalWorkspace workspace, String id, String secret) {
        return config(workspace).setAuthType("oauth-m2m").setClientId(id).setClientSecret(secret);
    }

    /** Signs in as the administrator of workspace and account. */
    static WorkspaceClient admin(LocalWorkspace workspace) {
        SimulatorConnection c = workspace.connection();
        return new WorkspaceClient(m2m(workspace, c.clientId(), c.clientSecret().reveal()));
    }

    static AccountClient account(LocalWorkspace workspace) {
        SimulatorConnection c = workspace.connection();
        return new AccountClient(
                m2m(workspace, c.clientId(), c.clientSecret().reveal()).setAccountId(WorkspaceIdentity.ACCOUNT_ID));
    }

    static WorkspaceClient m2m(LocalWorkspace workspace, Principal principal) {
        String secret =
                workspace.identities().addSecret(principal, Duration.ofHours(1)).reveal();
        return new WorkspaceClient(m2m(workspace, principal.applicationId(), secret));
    }

    static WorkspaceClient token(LocalWorkspace workspace, String token) {
        return new WorkspaceClient(config(workspace).setAuthType("pat").setToken(token));
    }

    static WorkspaceClient token(LocalWorkspace workspace, Principal principal) {
        return token(
                workspace,
                workspace.identities().addToken(principal, Duration.ofHours(1)).reveal());
    }
}
