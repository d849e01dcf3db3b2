package io.lakeport.audit.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakeport.audit.Tenants;
import io.lakeport.audit.workspace.SdkControlPlaneProvider;
import io.lakeport.core.account.AccountPlane;
import io.lakeport.core.auth.DatabricksAccount;
import io.lakeport.core.grant.Right;
import io.lakeport.core.grant.plan.PlanPorts;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.principal.PrincipalKind;
import io.lakeport.core.principal.PrincipalName;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.workspace.ControlPlane;
import io.lakeport.localworkspace.access.ObjectType;
import io.lakeport.localworkspace.access.PermissionLevel;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.directory.Directory;
import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A workspace in which nobody but its administrator has any right: no warehouse and no entitlement comes to everybody, as
 * in a workspace whose administrators look after it.
 */
final class AccessWorld implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalWorkspace workspace;
    private final PlanPorts admin;

    AccessWorld() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
        workspace
                .permissions()
                .write(
                        ObjectType.WAREHOUSES,
                        warehouse(),
                        Map.of(workspace.principal().id(), PermissionLevel.IS_OWNER));
        directory()
                .find(io.lakeport.localworkspace.directory.PrincipalKind.GROUP, Directory.USERS)
                .ifPresent(users -> directory()
                        .update(
                                users.id(),
                                old -> old.toBuilder().entitlements(Set.of()).build()));
        SimulatorConnection c = workspace.connection();
        admin = ports(c.clientId(), c.clientSecret(), true);
        sql("CREATE SCHEMA main.sales");
        sql("CREATE TABLE main.sales.orders (id INT)");
        sql("CREATE TABLE main.sales.lines (id INT)");
        sql("CREATE SCHEMA main.results");
    }

    LocalWorkspace workspace() {
        return workspace;
    }

    String warehouse() {
        return workspace.connection().warehouseId();
    }

    private Directory directory() {
        return workspace.identities().directory();
    }

    /** Adds a service principal that is known to the account and not to the workspace. */
    PrincipalName newcomer(String name) {
        Principal principal = workspace.identities().addServicePrincipal(name);
        workspace.identities().unassign(principal);
        return PrincipalName.servicePrincipal(principal.applicationId());
    }

    private DirectoryEntry entry(PrincipalName name) {
        var kind = name.kind() == PrincipalKind.GROUP
                ? io.lakeport.localworkspace.directory.PrincipalKind.GROUP
                : io.lakeport.localworkspace.directory.PrincipalKind.SERVICE_PRINCIPAL;
        return directory().find(kind, name.name()).orElseThrow();
    }

    /** Returns the ports of whoever has that secret, with those of the account if asked. */
    PlanPorts ports(String clientId, Secret secret, boolean account) {
        String workspaceToken = token("/oidc/v1/token", clientId, secret);
        SdkControlPlaneProvider provider = new SdkControlPlaneProvider();
        ControlPlane plane = provider.open(
                Tenants.tenant("acme", url(), "Acme_Widget/1.2.3", "w1"), Tenants.tokens(workspaceToken), Guard.NONE);
        Optional<AccountPlane> accounts = account
                ? Optional.of(provider.openAccount(
                        new DatabricksAccount(URI.create(url()), WorkspaceIdentity.ACCOUNT_ID),
                        Tenants.tenant("acme", url(), "Acme_Widget/1.2.3", "w1"),
                        Tenants.tokens(token(
                                "/oidc/accounts/" + WorkspaceIdentity.ACCOUNT_ID + "/v1/token", clientId, secret)),
                        Guard.NONE))
                : Optional.empty();
        return new PlanPorts(plane, accounts, Optional.empty());
    }

    PlanPorts admin() {
        return admin;
    }

    PlanPorts as(PrincipalName name) {
        Secret secret = workspace
                .identities()
                .addSecret(workspace.identities().find(name.name()).orElseThrow(), Duration.ofHours(1));
        return ports(name.name(), secret, false);
    }

    private String url() {
        return workspace.connection().httpUrl().toString();
    }

    private String token(String path, String clientId, Secret secret) {
        String basic =
                Base64.getEncoder().encodeToString((clientId + ":" + secret.reveal()).getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(URI.create(url() + path))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&scope=all-apis")))
                .path("access_token")
                .asText();
    }

    /** Runs a statement as the administrator and fails unless it succeeds. */
    void sql(String statement) {
        String state = run(workspace.connection().token().reveal(), statement);
        if (!state.equals("SUCCEEDED")) {
            throw new AssertionError(statement + ": " + state);
        }
    }

    /** Runs a statement as a principal and returns its state, or the error that the workspace answered. */
    String run(PrincipalName name, String statement) {
        Secret secret = workspace
                .identities()
                .addSecret(workspace.identities().find(name.name()).orElseThrow(), Duration.ofHours(1));
        return run(token("/oidc/v1/token", name.name(), secret), statement);
    }

    private String run(String token, String statement) {
        String body = JSON.createObjectNode()
                .put("statement", statement)
                .put("warehouse_id", warehouse())
                .put("wait_timeout", "20s")
                .toString();
        JsonNode answer = send(HttpRequest.newBuilder(URI.create(url() + "/api/2.0/sql/statements"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        String error = answer.at("/status/error/message").asText("");
        return error.isEmpty() ? answer.at("/status/state").asText(answer.toString()) : error;
    }

    private static JsonNode send(HttpRequest.Builder request) {
        try {
            return JSON.readTree(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Takes a right away behind everybody's back. */
    void takeAway(Right right) {
        if (right instanceof Right.Granted granted) {
            admin.workspace()
                    .grants()
                    .change(granted.grant().securable(), List.of(), List.of(granted.grant()), Tenants.soon());
        } else if (right instanceof Right.Permitted permitted) {
            Map<Long, PermissionLevel> levels =
                    new HashMap<>(workspace.permissions().levels(ObjectType.WAREHOUSES, warehouse()));
            levels.remove(entry(permitted.permission().principal()).id());
            workspace.permissions().write(ObjectType.WAREHOUSES, warehouse(), levels);
        } else if (right instanceof Right.Entitled entitled) {
            change(entitled.principal(), old -> {
                Set<String> left = new LinkedHashSet<>(old.entitlements());
                left.remove(entitled.entitlement().scim());
                return old.toBuilder().entitlements(left).build();
            });
        } else if (right instanceof Right.InGroup in) {
            change(
                    PrincipalName.group(in.group()),
                    old -> old.toBuilder().members(Set.of()).build());
        } else if (right instanceof Right.Assigned assigned) {
            change(
                    assigned.principal(),
                    old -> old.toBuilder().assignment(Optional.empty()).build());
        } else if (right instanceof Right.SchemaEnabled schema) {
            disable(schema.schema());
        } else {
            throw new AssertionError("cannot take away " + right);
        }
    }

    private void change(PrincipalName name, java.util.function.UnaryOperator<DirectoryEntry> change) {
        directory().update(entry(name).id(), change);
    }

    void disable(String schema) {
        String metastore = admin.workspace()
                .catalog()
                .metastore(Tenants.soon())
                .orElseThrow()
                .id();
        send(HttpRequest.newBuilder(URI.create(
                        url() + "/api/2.1/unity-catalog/metastores/" + metastore + "/systemschemas/" + schema))
                .header(
                        "Authorization",
                        "Bearer " + workspace.connection().token().reveal())
                .DELETE());
    }

    @Override
    public void close() {
        admin.workspace().close();
        admin.account().ifPresent(AccountPlane::close);
        workspace.close();
    }
}
