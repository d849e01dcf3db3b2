package io.lakeport.core.auth.profile;

import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.secret.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns the keys of a profile into the settings of a method, by the names that Databricks' unified auth has. */
final class ProfileIdentity {
    /** Types that cannot be imported, and what to do instead. */
    private static final Map<String, String> NOT_HERE = Map.of(
            "databricks-cli",
            "its tokens are in the command line's own store; register an OAuth application and use oauth-u2m, or make a"
                    + " service principal and use oauth-m2m",
            "external-browser",
            "a person signs in by a browser on this machine; register an OAuth application and use oauth-u2m",
            "azure-cli",
            "it is the person who is logged in to the Azure command line; use azure-client-secret or azure-msi",
            "basic",
            "Databricks has ended passwords; use oauth-m2m",
            "google-id",
            "it impersonates by the Google command line; use google-credentials with a key",
            "github-oidc",
            "the token comes from GitHub's runner; use oidc-federation with a provider of the host's",
            "azure-devops-oidc",
            "the token comes from a pipeline's runner; use oidc-federation with a provider of the host's",
            "metadata-service",
            "another process signs in; use the method that it uses",
            "runtime",
            "it exists inside a notebook only");

    /** What each type's keys are, in the order in which Databricks' tools try them. */
    private static final Map<String, Set<String>> KEYS = keys();

    private final Map<String, String> values;

    ProfileIdentity(Map<String, String> values) {
        this.values = values;
    }

    private static Map<String, Set<String>> keys() {
        Map<String, Set<String>> keys = new LinkedHashMap<>();
        keys.put("pat", Set.of("token"));
        keys.put("basic", Set.of("username", "password"));
        keys.put("oauth-m2m", Set.of("client_id", "client_secret"));
        keys.put("file-oidc", Set.of("oidc_token_filepath"));
        keys.put("env-oidc", Set.of("oidc_token_env"));
        keys.put("azure-msi", Set.of("azure_use_msi"));
        keys.put("azure-client-secret", Set.of("azure_client_id", "azure_client_secret", "azure_tenant_id"));
        keys.put("google-credentials", Set.of("google_credentials"));
        keys.put("google-id", Set.of("google_service_account"));
        return keys;
    }

    /** Returns the type that is named, or that the keys amount to; empty when neither tells. */
    Optional<String> type() {
        String named = values.get("auth_type");
        return named != null ? Optional.of(named) : candidates().stream().findFirst();
    }

    private List<String> candidates() {
        return KEYS.entrySet().stream()
                .filter(entry -> values.keySet().containsAll(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns why this cannot be imported; empty when it can. */
    Optional<String> obstacle() {
        List<String> candidates = candidates();
        if (!values.containsKey("auth_type") && candidates.size() > 1) {
            return Optional.of(
                    "it has the keys of several types (" + String.join(", ", candidates) + "); name one by auth_type");
        }
        Optional<String> type = type();
        if (type.isEmpty()) {
            return Optional.of(
                    "it has no credential; Databricks' tools would look in the environment, which is not done"
                            + " here");
        }
        String instead = NOT_HERE.get(type.get());
        if (instead != null) {
            return Optional.of("type '" + type.get() + "': " + instead);
        }
        Set<String> needed = KEYS.get(type.get());
        if (needed == null) {
            return Optional.of(
                    "auth_type '" + type.get() + "' is not known; known are " + String.join(", ", KEYS.keySet()));
        }
        List<String> missing =
                needed.stream().filter(key -> !values.containsKey(key)).sorted().toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("type '" + type.get() + "' needs " + String.join(", ", missing) + " as well");
    }

    /** Returns the settings; there must be no obstacle. */
    IdentitySettings settings() {
        Map<String, String> properties = new LinkedHashMap<>();
        Map<String, Secret> secrets = new LinkedHashMap<>();
        String method = switch (type().orElseThrow()) {
            case "pat" -> {
                secret(secrets, "token", "token");
                yield "pat";
            }
            case "oauth-m2m" -> {
                property(properties, "client_id", "client_id");
                secret(secrets, "client_secret", "client_secret");
                yield "oauth-m2m";
            }
            case "file-oidc" -> {
                property(properties, "client_id", "client_id");
                property(properties, "oidc_token_filepath", "id_token_file");
                yield "oidc-federation";
            }
            case "env-oidc" -> {
                property(properties, "client_id", "client_id");
                secrets.put("id_token", Secret.of("${env:" + values.get("oidc_token_env") + "}"));
                yield "oidc-federation";
            }
            case "azure-msi" -> {
                property(properties, "azure_client_id", "client_id");
                property(properties, "azure_workspace_resource_id", "workspace_resource_id");
                yield "azure-msi";
            }
            case "google-credentials" -> {
                google(secrets);
                yield "google-credentials";
            }
            default -> {
                property(properties, "azure_client_id", "client_id");
                property(properties, "azure_tenant_id", "tenant_id");
                property(properties, "azure_workspace_resource_id", "workspace_resource_id");
                secret(secrets, "azure_client_secret", "client_secret");
                yield "azure-client-secret";
            }
        };
        return new IdentitySettings(method, properties, secrets);
    }

    /** The key is in the profile, or in a file that it names. */
    private void google(Map<String, Secret> secrets) {
        String given = values.getOrDefault("google_credentials", "");
        secrets.put("service_account_key", Secret.of(given.startsWith("{") ? given : "${file:" + given + "}"));
    }

    private void property(Map<String, String> properties, String from, String to) {
        Optional.ofNullable(values.get(from)).ifPresent(value -> properties.put(to, value));
    }

    private void secret(Map<String, Secret> secrets, String from, String to) {
        Optional.ofNullable(values.get(from)).ifPresent(value -> secrets.put(to, Secret.of(value)));
    }
}
