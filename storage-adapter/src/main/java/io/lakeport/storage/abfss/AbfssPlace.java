package io.lakeport.storage.abfss;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.storage.option.Options;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The part of a container that a store is.
 *
 * @param root as configured, ending in a slash
 * @param account name of the storage account
 * @param container name of the container
 * @param prefix what every name begins with in the container; empty, or ending in a slash
 * @param endpoint base URL of the account's Blob API, without a closing slash
 */
record AbfssPlace(String root, String account, String container, String prefix, String endpoint) {
    static AbfssPlace of(URI root, Options options) {
        String container = root.getUserInfo();
        String host = root.getHost();
        if (container == null || host == null || host.indexOf('.') < 0) {
            throw illegal(root, "it must be of the form abfss://container@account.dfs.core.windows.net/prefix/", null);
        }
        String endpoint = options.text("endpoint")
                .map(text -> options.base("endpoint", text).toString())
                // The same account answers the Blob API under its other name.
                .orElse("https://" + host.replaceFirst("\\.dfs\\.", ".blob."));
        return new AbfssPlace(
                root.toString(),
                host.substring(0, host.indexOf('.')),
                container,
                prefix(root),
                endpoint.replaceAll("/+$", ""));
    }

    private static String prefix(URI root) {
        String path = root.getPath();
        try {
            if (path.equals("/")) {
                return "";
            }
            ObjectKey.of(path.substring(1, path.length() - 1));
            return path.substring(1);
        } catch (IllegalArgumentException e) {
            throw illegal(root, "its prefix is none: " + e.getMessage(), e);
        }
    }

    private static LakeportException illegal(URI root, String why, @Nullable Throwable cause) {
        return new LakeportException(
                CoreError.INVALID_CONFIGURATION, "store '" + root + "' cannot be opened: " + why, cause);
    }

    /** Returns the URL of an object. */
    String url(ObjectKey key) {
        return containerUrl() + "/" + encode(prefix + key.value()).replace("%2F", "/");
    }

    /** Returns the URL of the container. */
    String containerUrl() {
        return endpoint + "/" + container;
    }

    static String encode(String text) {
        // Form encoding and that of URLs differ in these.
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
