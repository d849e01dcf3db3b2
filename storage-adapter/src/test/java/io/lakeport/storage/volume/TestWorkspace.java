package io.lakeport.storage.volume;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import io.lakeport.core.simulator.WorkspaceSimulatorProvider;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.store.WorkspaceAccess;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.core.tenant.WorkspaceHost;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The local workspace, and a client of its API that makes what tests need. */
public final class TestWorkspace implements AutoCloseable {
    private final WorkspaceSimulator simulator;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Starts a workspace with options such as {@code s3-endpoint}. */
    public TestWorkspace(Map<String, String> options) {
        simulator = ServiceLoader.load(WorkspaceSimulatorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .findFirst()
                .orElseThrow()
                .start(new SimulatorSettings(0, Optional.empty(), Map.of(), options));
    }

    private SimulatorConnection connection() {
        return simulator.connection();
    }

    /** Sends a request of its API and fails unless it succeeds; returns the answer. */
    public String post(String path, String json) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(connection().httpUrl().resolve(path))
                            .header(
                                    "Authorization",
                                    "Bearer " + connection().token().reveal())
                            .POST(HttpRequest.BodyPublishers.ofString(json))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a statement that must succeed. */
    public void sql(String text) {
        String answer = post(
                "/api/2.0/sql/statements",
                "{\"warehouse_id\":\"" + connection().warehouseId() + "\",\"wait_timeout\":\"30s\",\"statement\":\""
                        + text.replace("\"", "\\\"") + "\"}");
        if (!answer.contains("SUCCEEDED")) {
            throw new IllegalStateException(text + ": " + answer);
        }
    }

    /** Returns the principal that its token belongs to. */
    public String principal() {
        return connection().clientId();
    }

    /** Describes a store of a tenant of this workspace. */
    public ObjectStoreContext context(String root, Map<String, String> properties, Guard guard) {
        return context(root, properties, guard, deadline -> token(connection().token()));
    }

    /** Describes a store of a tenant with other tokens. */
    public ObjectStoreContext context(String root, Map<String, String> properties, Guard guard, TokenSource tokens) {
        return new ObjectStoreContext(
                URI.create(root),
                properties,
                Map.of(),
                TenantId.of("acme"),
                UserAgentEntry.parse("Acme_Test/1.2"),
                guard,
                Optional.of(new WorkspaceAccess(
                        WorkspaceHost.parse(connection().httpUrl().toString()), tokens)));
    }

    /** Returns a token of that value. */
    public static AccessToken token(Secret value) {
        return new AccessToken(value, Instant.now(), Optional.empty());
    }

    /** Returns the token that it takes. */
    public Secret token() {
        return connection().token();
    }

    @Override
    public void close() {
        simulator.close();
    }
}
