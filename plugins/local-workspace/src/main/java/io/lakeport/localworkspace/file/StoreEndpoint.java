package io.lakeport.localworkspace.file;

import io.lakeport.core.secret.Secret;
import java.net.URI;

/**
 * A server that object stores are reached at.
 *
 * @param url for example {@code http://127.0.0.1:9000}
 * @param account access key id of S3, or storage account of Azure
 * @param key secret access key of S3, or account key of Azure in Base64
 */
public record StoreEndpoint(URI url, String account, Secret key) {
    public StoreEndpoint {
        if (url.getHost() == null || account.isEmpty()) {
            throw new IllegalArgumentException("an endpoint needs a URL with a host, and an account: " + url);
        }
    }
}
