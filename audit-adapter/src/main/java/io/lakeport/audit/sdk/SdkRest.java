package io.lakeport.audit.sdk;

import com.databricks.sdk.core.ApiClient;
import com.databricks.sdk.core.DatabricksException;
import com.databricks.sdk.core.http.Request;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Calls of the REST API by path, through the SDK's client. The SDK's own classes are left aside where they would lose
 * what an answer says: an enum of theirs that does not know a newer privilege reads it as null, and their account APIs
 * take the account from a configuration that reads the environment. Thread-safe.
 */
public final class SdkRest {
    /** Stands for a secret in a body. */
    public static final String PLACEHOLDER = "secret-to-be-sent";

    private final SdkClient client;

    /** Any JSON object: the SDK makes an object of a class and fills it, so it cannot give a tree by itself. */
    public static final class Answer {
        private final ObjectNode members = object();

        /** Creates an empty one; called by the SDK. */
        public Answer() {}

        /** Sets a member; called by the SDK. */
        @JsonAnySetter
        public void add(String member, JsonNode value) {
            members.set(member, value);
        }
    }

    /** Creates it over a client. */
    public SdkRest(SdkClient client) {
        this.client = Objects.requireNonNull(client, "client");
    }

    /** Returns an empty JSON object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns the text of a member, empty when it is missing, null or empty. */
    public static Optional<String> text(JsonNode node, String member) {
        return Optional.of(node.path(member).asText("")).filter(text -> !text.isEmpty() && !text.equals("null"));
    }

    /**
     * Reads.
     *
     * @param name for meters, for example {@code rest.grants}
     * @param action for messages, for example {@code reading the grants}
     */
    public JsonNode get(String name, String action, RestPath path, Deadline deadline) {
        return client.call(name, action, deadline, api -> send(api, new Request("GET", path.path()), path, true));
    }

    /** Reads every page of a list whose pages are named by a token. */
    public List<JsonNode> list(String name, String action, RestPath path, String member, Deadline deadline) {
        List<JsonNode> all = new ArrayList<>();
        Optional<String> page = Optional.empty();
        do {
            RestPath asked = page.map(token -> path.with("page_token", token)).orElse(path);
            JsonNode answer = get(name, action, asked, deadline);
            answer.path(member).forEach(all::add);
            page = text(answer, "next_page_token");
        } while (page.isPresent());
        return all;
    }

    /** Changes something in a way that may be repeated: set twice, it is as it was set. */
    public void put(String name, String action, String method, RestPath path, JsonNode body, Deadline deadline) {
        client.call(name, action, deadline, api -> {
            send(api, request(api, method, path, body), path, false);
            return true;
        });
    }

    /** Creates something, once: where no answer comes, it may be there or not. */
    public JsonNode create(String name, String action, RestPath path, JsonNode body, Deadline deadline) {
        return client.once(name, action, deadline, api -> send(api, request(api, "POST", path, body), path, true));
    }

    /** Creates something, once, and keeps one member of the answer from the SDK; see {@link SdkClient#callOnce}. */
    public SdkClient.Withheld<JsonNode> createWithheld(
            String name, String action, RestPath path, JsonNode body, String member, Deadline deadline) {
        return client.callOnce(
                name, action, member, deadline, api -> send(api, request(api, "POST", path, body), path, true));
    }

    /**
     * Creates something with a secret, once. The SDK sees a placeholder and writes that to its log; the secret takes its
     * place when the request leaves.
     *
     * @param body with {@link #PLACEHOLDER} as the text where the secret belongs
     */
    public JsonNode createWith(
            String name, String action, RestPath path, JsonNode body, Secret secret, Deadline deadline) {
        return client.onceWith(
                name, action, secret, deadline, api -> send(api, request(api, "POST", path, body), path, true));
    }

    private static Request request(ApiClient api, String method, RestPath path, JsonNode body) {
        if (method.equals("DELETE")) {
            return new Request(method, path.path());
        }
        try {
            return new Request(method, path.path(), api.serialize(body)).withHeader("Content-Type", "application/json");
        } catch (IOException e) {
            throw new UncheckedIOException("JSON that was built here cannot be written", e);
        }
    }

    private static JsonNode send(ApiClient api, Request request, RestPath path, boolean answered) {
        path.query().forEach(entry -> request.withQueryParam(entry.getKey(), entry.getValue()));
        request.withHeader("Accept", "application/json");
        try {
            if (!answered) {
                api.execute(request, Void.class);
                return object();
            }
            return api.execute(request, Answer.class).members;
        } catch (IOException e) {
            throw new DatabricksException("IO error: " + e.getMessage(), e);
        }
    }
}
