package io.lakeport.auth.entra;

import io.lakeport.auth.settings.MethodSettings;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.util.Map;
import java.util.Optional;

/** What Azure Databricks is to Entra, and which headers it wants beside a token. */
final class AzureDatabricks {
    /** Id that Azure Databricks has as a resource in every directory (Microsoft documentation). */
    static final String RESOURCE = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";

    /** Azure's management API, whose token lets a contributor in who was never added to the workspace. */
    static final String MANAGEMENT = "https://management.core.windows.net/";

    /** Property that names the workspace as an Azure resource. */
    static final String WORKSPACE = "workspace_resource_id";

    private AzureDatabricks() {}

    static Optional<String> workspace(MethodSettings settings) {
        Optional<String> id = settings.optional(WORKSPACE);
        id.filter(text -> !text.startsWith("/subscriptions/")).ifPresent(unused -> {
            throw settings.invalid(
                    "property '" + WORKSPACE + "' must be the workspace's Azure resource id, which begins"
                            + " with /subscriptions/; copy it from the JSON view of the workspace in the Azure portal");
        });
        return id;
    }

    /** Fetches the token of a resource. */
    @FunctionalInterface
    interface ByResource {
        /** Returns a token of that resource. */
        AccessToken of(String resource, Deadline deadline);
    }

    /** Returns the token for the workspace, with what must stand beside it where the resource id is configured. */
    static AccessToken token(ByResource tokens, Optional<String> workspace, Deadline deadline) {
        AccessToken token = tokens.of(RESOURCE, deadline);
        if (workspace.isEmpty()) {
            return token;
        }
        AccessToken management = tokens.of(MANAGEMENT, deadline);
        Map<String, Secret> besides = Map.of(
                "X-Databricks-Azure-SP-Management-Token",
                management.value(),
                "X-Databricks-Azure-Workspace-Resource-Id",
                Secret.of(workspace.get()));
        return new AccessToken(token.value(), token.issuedAt(), token.expiresAt(), besides);
    }
}
