package io.lakeport.storage.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.storage.StorageError;
import io.lakeport.storage.refusal.Refusal;
import io.lakeport.storage.rest.WorkspaceRest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** Sends requests of the Files API: Databricks REST API, "Manage files in volumes". Thread-safe. */
final class VolumeClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final VolumePlace place;
    private final WorkspaceRest workspace;

    VolumeClient(VolumePlace place, WorkspaceRest workspace) {
        this.place = place;
        this.workspace = workspace;
    }

    VolumePlace place() {
        return place;
    }

    String where(ObjectKey key) {
        return where(key.value());
    }

    private String where(String rest) {
        return "'" + place.root() + rest + "'";
    }

    /** Runs an exchange under the guard. */
    <T> T guarded(String name, long bytes, Callable<T> exchange) {
        return workspace.guarded(name, bytes, exchange);
    }

    /** Sends a request without a body once. */
    HttpResponse<byte[]> attempt(
            String method, String path, String key, Map<String, String> headers, Integer... alsoFine) {
        return attempt(method, path, key, headers, BodyPublishers.noBody(), alsoFine);
    }

    /**
     * Sends a request once.
     *
     * @param path encoded, with its query
     * @param key what it is about, for messages
     * @param alsoFine status that is no error either
     */
    HttpResponse<byte[]> attempt(
            String method,
            String path,
            String key,
            Map<String, String> headers,
            BodyPublisher body,
            Integer... alsoFine) {
        HttpResponse<byte[]> answer = workspace.send(
                () -> {
                    HttpRequest.Builder request =
                            HttpRequest.newBuilder(workspace.url(path)).method(method, body);
                    headers.forEach(request::header);
                    return request;
                },
                where(key));
        if (answer.statusCode() < 300 || Set.of(alsoFine).contains(answer.statusCode())) {
            return answer;
        }
        throw refused(method, key, answer);
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private LakeportException refused(String method, String key, HttpResponse<byte[]> answer) {
        String code = json(answer).path("error_code").asText();
        boolean writes = method.equals("PUT") || method.equals("DELETE");
        Refusal refusal = new Refusal(
                where(key),
                answer.statusCode(),
                "HTTP " + answer.statusCode() + (code.isEmpty() ? "" : " " + code),
                Refusal.seconds(answer.headers().firstValue("Retry-After")),
                (writes ? "WRITE VOLUME" : "READ VOLUME") + " on volume " + place.volume()
                        + ", and USE CATALOG and USE SCHEMA above it",
                writes,
                null);
        return switch (answer.statusCode()) {
            case 404 ->
                refusal.error(
                        CoreError.OBJECT_NOT_FOUND,
                        "does not exist, or volume " + place.volume() + " does not or is hidden from the tenant");
            case 409 ->
                code.contains("ALREADY_EXISTS")
                        ? refusal.error(CoreError.OBJECT_EXISTS, "exists already and must not be replaced")
                        : refusal.toError();
            case 412 -> refusal.error(StorageError.OBJECT_CHANGED, "was replaced while it was read; read it again");
            case 413 -> refusal.error(CoreError.INVALID_ARGUMENT, VolumeUpload.TOO_LARGE);
            default -> refusal.toError();
        };
    }
}
