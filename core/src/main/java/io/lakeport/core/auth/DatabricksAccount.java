package io.lakeport.core.auth;

import io.lakeport.core.tenant.WorkspaceHost;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A Databricks account: the host of its console and its id, from which its endpoints follow, the same way on every cloud
 * (Databricks documentation, "OAuth M2M", account-level tokens).
 *
 * @param host scheme and host of the account console; plain http on loopback only
 * @param id account id, a UUID
 */
public record DatabricksAccount(URI host, String id) {
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** The console of a cloud by the end of its workspaces' names, the longer end first. */
    private static final List<Map.Entry<String, String>> CONSOLES = List.of(
            Map.entry(".cloud.databricks.com", "accounts.cloud.databricks.com"),
            Map.entry(".cloud.databricks.us", "accounts.cloud.databricks.us"),
            Map.entry(".cloud.databricks.mil", "accounts-dod.cloud.databricks.mil"),
            Map.entry(".azuredatabricks.net", "accounts.azuredatabricks.net"),
            Map.entry(".databricks.azure.us", "accounts.databricks.azure.us"),
            Map.entry(".databricks.azure.cn", "accounts.databricks.azure.cn"),
            Map.entry(".gcp.databricks.com", "accounts.gcp.databricks.com"));

    public DatabricksAccount {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(id, "id");
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("account id '" + id
                    + "' is not a UUID; copy it from the account console, in the menu of the user at the top right");
        }
        boolean bare = host.getHost() != null
                && host.getRawUserInfo() == null
                && host.getRawQuery() == null
                && (host.getRawPath() == null || host.getRawPath().isEmpty());
        boolean secure = "https".equals(host.getScheme())
                || ("http".equals(host.getScheme()) && LOOPBACK.contains(String.valueOf(host.getHost())));
        if (!bare || !secure) {
            throw new IllegalArgumentException("the account console must be given as https and a host, for example"
                    + " https://accounts.cloud.databricks.com");
        }
    }

    /** Returns the account console that a workspace's cloud has; empty when the host's name does not tell. */
    public static Optional<URI> consoleOf(WorkspaceHost workspace) {
        String name = String.valueOf(workspace.uri().getHost()).toLowerCase(Locale.ROOT);
        return CONSOLES.stream()
                .filter(console -> name.endsWith(console.getKey()))
                .findFirst()
                .map(console -> URI.create("https://" + console.getValue()));
    }

    /** Returns the issuer of the account's tokens. */
    public URI issuer() {
        return URI.create(host + "/oidc/accounts/" + id);
    }

    /** Returns where tokens are to be had. */
    public URI tokenEndpoint() {
        return URI.create(issuer() + "/v1/token");
    }

    /** Returns where a user signs in. */
    public URI authorizeEndpoint() {
        return URI.create(issuer() + "/v1/authorize");
    }
}
