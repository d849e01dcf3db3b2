package io.lakeport.localworkspace.rest.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Multipart;
import io.lakeport.localworkspace.http.Router;
import io.lakeport.localworkspace.rest.files.WorkspaceObjects.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The Workspace API 2.0: get-status, list, mkdirs, import, export and delete. */
public final class WorkspaceObjectRoutes {
    private static final String ROOT = "/api/2.0/workspace/";
    private static final int LIMIT = 10 << 20;
    private static final Map<String, String> LANGUAGES =
            Map.of("py", "PYTHON", "sql", "SQL", "scala", "SCALA", "r", "R");
    /** First line of a notebook's source, by which AUTO tells it from a file. */
    private static final List<String> MARKS =
            List.of("# Databricks notebook source", "-- Databricks notebook source", "// Databricks notebook source");

    private final WorkspaceObjects objects;
    private final TokenService tokens;

    /** Creates the routes. */
    public WorkspaceObjectRoutes(WorkspaceObjects objects, TokenService tokens) {
        this.objects = objects;
        this.tokens = tokens;
    }

    private interface Action {
        void run(Exchange exchange, JsonNode body) throws IOException;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.add("GET", ROOT + "get-status", (exchange, path) -> status(exchange));
        router.add("GET", ROOT + "list", (exchange, path) -> list(exchange));
        router.add("GET", ROOT + "export", (exchange, path) -> export(exchange));
        add(router, "mkdirs", (exchange, body) -> objects.makeDirectory(path(body)));
        add(
                router,
                "delete",
                (exchange, body) ->
                        objects.delete(path(body), body.path("recursive").asBoolean()));
        router.add("POST", ROOT + "import", (exchange, path) -> {
            authenticate(exchange);
            if (Multipart.is(exchange)) {
                writeUpload(exchange);
            } else {
                JsonNode body = Json.readObject(exchange);
                write(body, decoded(body));
            }
            Json.respond(exchange, 200, Json.object());
        });
    }

    /** The form that the SDKs' upload methods send: the content as it is, the other fields as text. */
    private void writeUpload(Exchange exchange) throws IOException {
        Map<String, byte[]> parts =
                Multipart.parse(exchange.header("Content-Type").orElse(""), exchange.body());
        byte[] content = parts.get("content");
        if (content == null) {
            throw missing("content");
        }
        ObjectNode fields = Json.object();
        parts.forEach((name, value) -> {
            if (!name.equals("content")) {
                fields.put(name, new String(value, StandardCharsets.UTF_8));
            }
        });
        write(fields, content);
    }

    private void add(Router router, String name, Action action) {
        router.add("POST", ROOT + name, (exchange, path) -> {
            authenticate(exchange);
            action.run(exchange, Json.readObject(exchange));
            Json.respond(exchange, 200, Json.object());
        });
    }

    /** Whoever asks finds a home folder, as everyone who was added to a workspace has one. */
    private void authenticate(Exchange exchange) {
        objects.makeHome(tokens.authenticate(exchange).name());
    }

    private static ApiException missing(String field) {
        return ApiException.invalid("Missing required field: " + field);
    }

    private static String path(JsonNode body) {
        return Json.text(body, "path").orElseThrow(() -> missing("path"));
    }

    private Item asked(Exchange exchange) {
        authenticate(exchange);
        return objects.get(exchange.query("path").orElseThrow(() -> missing("path")));
    }

    private void status(Exchange exchange) throws IOException {
        Json.respond(exchange, 200, asked(exchange).json());
    }

    private void list(Exchange exchange) throws IOException {
        List<Item> items = objects.list(asked(exchange).path());
        var answer = Json.object();
        if (!items.isEmpty()) {
            ArrayNode array = answer.putArray("objects");
            items.forEach(i -> array.add(i.json()));
        }
        Json.respond(exchange, 200, answer);
    }

    private void export(Exchange exchange) throws IOException {
        Item item = asked(exchange);
        String format = exchange.query("format").orElse("SOURCE").toUpperCase(Locale.ROOT);
        if (!List.of("SOURCE", "AUTO", "RAW").contains(format)) {
            throw ApiException.invalid("The local workspace exports the formats SOURCE and AUTO, not " + format + ".");
        }
        if (item.type().equals(WorkspaceObjects.DIRECTORY)) {
            throw ApiException.invalid("The local workspace exports notebooks and files, not folders.");
        }
        byte[] content = objects.content(item);
        if (exchange.query("direct_download").filter("true"::equals).isPresent()) {
            exchange.respond(200, FileAnswers.BINARY, content);
            return;
        }
        String type = item.language().isEmpty() ? "file" : extension(item.language());
        Json.respond(
                exchange,
                200,
                Json.object()
                        .put("content", Base64.getEncoder().encodeToString(content))
                        .put("file_type", type));
    }

    private static String extension(String language) {
        return LANGUAGES.entrySet().stream()
                .filter(e -> e.getValue().equals(language))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("txt");
    }

    private static byte[] decoded(JsonNode body) {
        try {
            return Base64.getDecoder().decode(body.path("content").asText());
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("The field content is not Base64: " + e.getMessage());
        }
    }

    private void write(JsonNode body, byte[] content) throws IOException {
        if (content.length > LIMIT) {
            throw new ApiException(
                    400, "MAX_NOTEBOOK_SIZE_EXCEEDED", "The imported content must not be larger than 10 MB.");
        }
        String path = path(body);
        String format = Json.text(body, "format").orElse("SOURCE").toUpperCase(Locale.ROOT);
        String language = Json.text(body, "language").orElse("").toUpperCase(Locale.ROOT);
        boolean overwrite = body.path("overwrite").asBoolean();
        switch (format) {
            case "SOURCE" -> {
                if (!LANGUAGES.containsValue(language)) {
                    throw ApiException.invalid("Language is required for the format SOURCE: PYTHON, SQL, SCALA or R.");
                }
                objects.write(path, WorkspaceObjects.NOTEBOOK, language, content, overwrite);
            }
            case "RAW" -> objects.write(path, WorkspaceObjects.FILE, "", content, overwrite);
            case "AUTO" -> auto(path, content, overwrite);
            default ->
                throw ApiException.invalid(
                        "The local workspace imports the formats SOURCE, AUTO and RAW, not " + format + ".");
        }
    }

    /** A source with the mark of a notebook becomes one, without its extension; everything else is a file. */
    private void auto(String path, byte[] content, boolean overwrite) throws IOException {
        String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String language = LANGUAGES.getOrDefault(extension, "");
        String first = new String(content, 0, Math.min(content.length, 40), StandardCharsets.UTF_8);
        if (!language.isEmpty() && MARKS.stream().anyMatch(first::startsWith)) {
            String bare = path.substring(0, path.length() - extension.length() - 1);
            objects.write(bare, WorkspaceObjects.NOTEBOOK, language, content, overwrite);
        } else {
            objects.write(path, WorkspaceObjects.FILE, "", content, overwrite);
        }
    }
}
