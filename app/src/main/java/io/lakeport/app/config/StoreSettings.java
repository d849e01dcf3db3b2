package io.lakeport.app.config;

import io.lakeport.core.secret.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

/**
 * What the object stores below a root need.
 *
 * @param root URI prefix, ends in a slash
 * @param properties what may be shown, for example {@code endpoint}
 * @param secrets what may not, for example {@code secret_key}
 */
public record StoreSettings(URI root, Map<String, String> properties, Map<String, Secret> secrets) {
    public StoreSettings {
        Objects.requireNonNull(root, "root");
        if (root.getScheme() == null || !root.toString().endsWith("/")) {
            throw new IllegalArgumentException(
                    "store root '" + root + "' must be a URI that ends in '/', for example s3://bucket/exports/");
        }
        properties = Map.copyOf(properties);
        secrets = Map.copyOf(secrets);
    }

    /** Returns whether a location lies at or below the root. */
    public boolean covers(URI location) {
        String text = location.toString();
        return (text.endsWith("/") ? text : text + "/").startsWith(root.toString());
    }
}
