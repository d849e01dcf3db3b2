package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.secret.Secret;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.state.StateFiles;
import io.lakeport.localworkspace.state.StoredObjects;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Applications that users may sign in to: those that every account has, and the custom ones, which are kept in the form
 * of the Custom App Integration API with a hash of the secret. Thread-safe.
 */
public final class OAuthApps {
    /** Public clients that every account knows, and that the drivers name when they open a browser. */
    public static final List<String> BUILT_IN = List.of(
            "databricks-cli",
            "databricks-sql-jdbc",
            "databricks-sql-python",
            "databricks-sql-connector",
            "databricks-sql-odbc",
            "databricks-dbt-adapter",
            "dbt-databricks");

    private static final String SECRET_HASH = "secret_hash";

    private final StoredObjects stored;

    /** Opens the applications that {@code state} remembers. */
    public OAuthApps(StateFiles state) {
        this.stored = new StoredObjects(state, "oauth-apps");
    }

    /**
     * Checks what an application asks for.
     *
     * @throws ApiException INVALID_PARAMETER_VALUE when a scope does not exist or a URL is none
     */
    public static void requireValid(ObjectNode app) {
        app.path("scopes").forEach(scope -> {
            if (!Scopes.supported().contains(scope.asText())) {
                throw ApiException.invalid("The scope '" + scope.asText() + "' is not supported.");
            }
        });
        app.path("redirect_urls").forEach(url -> {
            if (!url.asText().matches("https?://[^\\s#]+")) {
                throw ApiException.invalid("The redirect URL '" + url.asText() + "' is not valid.");
            }
        });
    }

    /**
     * Registers an application.
     *
     * @param app in the API's form; gets {@code integration_id} and {@code client_id}
     * @return its secret, when it is confidential; it is not kept
     */
    public Optional<Secret> add(ObjectNode app) {
        String id = UUID.randomUUID().toString();
        app.put("integration_id", id).put("client_id", UUID.randomUUID().toString());
        Optional<String> secret =
                app.path("confidential").asBoolean() ? Optional.of("dose" + CredentialText.hex(16)) : Optional.empty();
        ObjectNode kept = app.deepCopy();
        secret.ifPresent(text -> kept.put(SECRET_HASH, CredentialText.hash(text)));
        stored.put(id, kept);
        return secret.map(Secret::of);
    }

    /** Returns the custom applications in the API's form. */
    public List<ObjectNode> all() {
        return stored.all().stream().map(OAuthApps::shown).toList();
    }

    /** Returns a custom application in the API's form. */
    public Optional<ObjectNode> find(String integrationId) {
        return stored.find(integrationId).map(OAuthApps::shown);
    }

    private static ObjectNode shown(ObjectNode app) {
        app.remove(SECRET_HASH);
        return app;
    }

    /** Replaces the parts of a custom application that {@code changes} names. Returns whether it is there. */
    public boolean update(String integrationId, ObjectNode changes) {
        Optional<ObjectNode> app = stored.find(integrationId);
        app.ifPresent(known -> {
            known.setAll(changes);
            stored.put(integrationId, known);
        });
        return app.isPresent();
    }

    /** Removes a custom application and returns whether it was there. */
    public boolean remove(String integrationId) {
        return stored.remove(integrationId);
    }

    /** Returns the application of a client id. */
    Optional<OAuthApp> client(String clientId) {
        if (BUILT_IN.contains(clientId)) {
            return Optional.of(OAuthApp.builtIn(clientId));
        }
        return stored.all().stream()
                .map(OAuthApp::read)
                .filter(app -> app.clientId().equals(clientId))
                .findFirst();
    }
}
