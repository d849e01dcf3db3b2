package io.lakeport.core.tenant;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Base URL of a workspace: scheme, host and, where it is not the default, port. Plain HTTP is accepted for loopback
 * only, because every call carries a token.
 *
 * @param uri for example {@code https://dbc-a1b2.cloud.databricks.com}, without path, query, fragment or user
 */
public record WorkspaceHost(URI uri) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern ACCOUNT_CONSOLE = Pattern.compile(
            "accounts(-[a-z]+)?\\.(cloud\\.databricks\\.(com|us|mil)|gcp\\.databricks\\.com|azuredatabricks\\.net)");

    public WorkspaceHost {
        Objects.requireNonNull(uri, "uri");
        if (uri.getHost() == null) {
            throw illegal(uri.toString(), "it names no host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("the workspace host must not carry a user or password");
        }
        checkScheme(uri);
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw illegal(uri.toString(), "its port must be between 1 and 65535");
        }
        if (ACCOUNT_CONSOLE.matcher(uri.getHost()).matches()) {
            throw illegal(uri.toString(), "that is the account console; open the workspace and copy its own URL");
        }
        String path = uri.getRawPath();
        if ((path != null && !path.isEmpty()) || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw illegal(uri.toString(), "it carries a path or query; give scheme and host only");
        }
    }

    /**
     * Parses a host as people write it: with or without {@code https://}, with or without a closing slash.
     *
     * @throws IllegalArgumentException when it is no host, carries a path, or is plain HTTP beyond loopback
     */
    public static WorkspaceHost parse(String text) {
        String trimmed = text.strip();
        String withScheme = trimmed.contains("://") ? trimmed : "https://" + trimmed;
        String bare = withScheme.endsWith("/") && !withScheme.endsWith("://")
                ? withScheme.substring(0, withScheme.length() - 1)
                : withScheme;
        try {
            URI parsed = new URI(bare);
            String scheme = parsed.getScheme().toLowerCase(Locale.ROOT);
            String authority = parsed.getRawAuthority() == null
                    ? ""
                    : parsed.getRawAuthority().toLowerCase(Locale.ROOT);
            String rest = bare.substring(bare.indexOf("://") + 3 + authority.length());
            return new WorkspaceHost(new URI(scheme + "://" + authority + rest));
        } catch (URISyntaxException e) {
            // The text is not repeated whole: someone may have pasted a URL with a password in it.
            throw new IllegalArgumentException(
                    "the workspace host is not a URL (character " + e.getIndex()
                            + "); expected for example https://dbc-a1b2.cloud.databricks.com",
                    e);
        }
    }

    private static void checkScheme(URI uri) {
        String scheme = uri.getScheme();
        if ("https".equals(scheme)) {
            return;
        }
        if (!"http".equals(scheme)) {
            throw illegal(uri.toString(), "its scheme must be https");
        }
        if (!LOOPBACK.contains(uri.getHost())) {
            throw illegal(uri.toString(), "plain http is accepted for localhost and 127.0.0.1 only; use https");
        }
    }

    private static IllegalArgumentException illegal(String text, String why) {
        return new IllegalArgumentException("workspace host '" + text + "' cannot be used: " + why
                + "; expected for example https://dbc-a1b2.cloud.databricks.com");
    }

    /** Returns the URL of a path of this workspace; {@code path} begins with a slash and is encoded already. */
    public URI resolve(String path) {
        return URI.create(uri + path);
    }

    /** Returns host and, where given, port. */
    public String authority() {
        return uri.getRawAuthority();
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
