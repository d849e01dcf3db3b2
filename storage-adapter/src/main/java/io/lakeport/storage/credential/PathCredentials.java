package io.lakeport.storage.credential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.storage.refusal.Refusal;
import io.lakeport.storage.rest.WorkspaceRest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.function.Function;

/**
 * Credentials that Unity Catalog vends for a path: Databricks REST API, "Generate a temporary path credential". They
 * reach no further than the path, and end, mostly after an hour.
 */
public final class PathCredentials {
    private static final String API = "/api/2.1/unity-catalog/temporary-path-credentials";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final WorkspaceRest workspace;
    private final String url;

    private PathCredentials(WorkspaceRest workspace, String url) {
        this.workspace = workspace;
        this.url = url;
    }

    /**
     * Prepares to ask for a store's root.
     *
     * @param owner for messages
     * @throws LakeportException INVALID_REQUEST when the store has no workspace, or has secrets, which would be ignored
     */
    public static PathCredentials of(String owner, ObjectStoreContext context) {
        if (!context.secrets().isEmpty()) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    owner + " has credentials=vended and takes no secrets; remove "
                            + context.secrets().keySet());
        }
        return new PathCredentials(
                WorkspaceRest.of(context, "credentials=vended"), context.root().toString());
    }

    /**
     * Fetches credentials.
     *
     * @param field of the answer that holds them
     * @param read reads the field
     * @throws LakeportException PERMISSION_DENIED, NOT_FOUND or UNAVAILABLE
     */
    public <T> Renewed.Lease<T> fetch(String field, Function<JsonNode, T> read) {
        return workspace.guarded("unity.path-credentials", 0, () -> {
            JsonNode answer = ask();
            if (!answer.path(field).isObject()) {
                throw new LakeportException(
                        CoreError.INVALID_CONFIGURATION,
                        "the workspace vends no '" + field + "' for '" + url + "'; its storage is another cloud's");
            }
            return new Renewed.Lease<>(
                    read.apply(answer.path(field)),
                    Instant.ofEpochMilli(answer.path("expiration_time").asLong()));
        });
    }

    private JsonNode ask() throws IOException {
        byte[] body =
                JSON.writeValueAsBytes(JSON.createObjectNode().put("url", url).put("operation", "PATH_READ_WRITE"));
        HttpResponse<byte[]> answer = workspace.send(
                () -> HttpRequest.newBuilder(workspace.url(API))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body)),
                "credentials of '" + url + "'");
        if (answer.statusCode() == 200) {
            return JSON.readTree(answer.body());
        }
        throw refused(answer);
    }

    private LakeportException refused(HttpResponse<byte[]> answer) {
        String code = code(answer.body());
        Refusal refusal = new Refusal(
                "credentials of '" + url + "'",
                answer.statusCode(),
                "HTTP " + answer.statusCode() + (code.isEmpty() ? "" : " " + code),
                Refusal.seconds(answer.headers().firstValue("Retry-After")),
                "EXTERNAL USE LOCATION, READ FILES and WRITE FILES on the external location",
                false,
                null);
        return answer.statusCode() == 404
                ? refusal.error(
                        CoreError.OBJECT_NOT_FOUND,
                        "no external location of the workspace covers it; create one, or set credentials=static")
                : refusal.toError();
    }

    private static String code(byte[] body) {
        try {
            return JSON.readTree(body).path("error_code").asText();
        } catch (IOException e) {
            return "";
        }
    }
}
