package io.lakeport.storage.abfss;

import io.lakeport.core.store.ObjectKey;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request of the Blob API, before it is authorized.
 *
 * @param name for messages and meters, for example {@code abfss.put}
 * @param method HTTP method
 * @param key what it is about, empty for the container
 * @param query encoded, without a question mark; may be empty
 * @param headers that belong to the operation
 * @param body its content
 * @param permission that a SAS must have for it, one letter of {@code sp}
 */
record BlobRequest(
        String name,
        String method,
        Optional<ObjectKey> key,
        String query,
        Map<String, String> headers,
        BodyPublisher body,
        char permission) {
    static BlobRequest of(String name, String method, ObjectKey key, char permission) {
        return new BlobRequest(name, method, Optional.of(key), "", Map.of(), BodyPublishers.noBody(), permission);
    }

    static BlobRequest ofContainer(String name, String query, char permission) {
        return new BlobRequest(name, "GET", Optional.empty(), query, Map.of(), BodyPublishers.noBody(), permission);
    }

    BlobRequest with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new BlobRequest(name, method, key, query, more, body, permission);
    }

    BlobRequest withQuery(String text) {
        return new BlobRequest(name, method, key, text, headers, body, permission);
    }

    BlobRequest withBody(BodyPublisher content) {
        return new BlobRequest(name, method, key, query, headers, content, permission);
    }

    boolean writes() {
        return permission != 'r' && permission != 'l';
    }
}
