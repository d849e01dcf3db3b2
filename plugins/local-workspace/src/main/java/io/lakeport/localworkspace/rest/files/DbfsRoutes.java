package io.lakeport.localworkspace.rest.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.file.FileEntry;
import io.lakeport.localworkspace.file.FileError;
import io.lakeport.localworkspace.file.FileSpace;
import io.lakeport.localworkspace.file.Intent;
import io.lakeport.localworkspace.file.Place;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Handler;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;

/** The DBFS API 2.0. */
public final class DbfsRoutes {
    private static final String ROOT = "/api/2.0/dbfs/";
    /** Most bytes of one read, block or put. */
    private static final int BLOCK = 1 << 20;

    private final FileSpace space;
    private final TokenService tokens;
    private final BlockWrites writes;

    /** Creates the routes. */
    public DbfsRoutes(FileSpace space, TokenService tokens) {
        this.space = space;
        this.tokens = tokens;
        this.writes = new BlockWrites(space);
    }

    private interface Action {
        void run(Exchange exchange, String principal, JsonNode body) throws IOException;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.add("GET", ROOT + "get-status", reading(this::status));
        router.add("GET", ROOT + "list", reading(this::list));
        router.add("GET", ROOT + "read", reading(this::read));
        router.add("POST", ROOT + "put", writing(this::put));
        router.add("POST", ROOT + "create", writing(this::create));
        router.add("POST", ROOT + "add-block", writing(this::addBlock));
        router.add("POST", ROOT + "close", writing(this::close));
        router.add("POST", ROOT + "mkdirs", writing(this::mkdirs));
        router.add("POST", ROOT + "move", writing(this::move));
        router.add("POST", ROOT + "delete", writing(this::delete));
    }

    private Handler reading(Action action) {
        return (exchange, path) -> {
            String principal = tokens.authenticate(exchange).applicationId();
            ObjectNode asked = Json.object();
            for (String field : List.of("path", "offset", "length")) {
                exchange.query(field).ifPresent(value -> asked.put(field, value));
            }
            run(action, exchange, principal, asked);
        };
    }

    private Handler writing(Action action) {
        return (exchange, path) -> {
            String principal = tokens.authenticate(exchange).applicationId();
            run(action, exchange, principal, Json.readObject(exchange));
        };
    }

    private static void run(Action action, Exchange exchange, String principal, JsonNode body) throws IOException {
        try {
            action.run(exchange, principal, body);
        } catch (FileError e) {
            throw refusal(e);
        }
    }

    private static ApiException refusal(FileError error) {
        String message = String.valueOf(error.getMessage());
        return switch (error.reason()) {
            case NOT_FOUND ->
                new ApiException(
                        404, "RESOURCE_DOES_NOT_EXIST", "No file or directory exists on path " + error.path() + ".");
            case NO_VOLUME -> new ApiException(404, "RESOURCE_DOES_NOT_EXIST", message);
            case ALREADY_EXISTS ->
                new ApiException(
                        400,
                        "RESOURCE_ALREADY_EXISTS",
                        "A file or directory already exists at the input path " + error.path() + ".");
            case DENIED, NO_LOCATION -> new ApiException(403, "PERMISSION_DENIED", message);
            case NOT_EMPTY -> new ApiException(400, "IO_ERROR", message);
            case UNAVAILABLE -> new ApiException(503, "TEMPORARILY_UNAVAILABLE", message);
            default -> ApiException.invalid(message);
        };
    }

    private static String text(JsonNode body, String field) {
        return Json.text(body, field).orElseThrow(() -> ApiException.invalid("Missing required field: " + field));
    }

    private Place place(String principal, JsonNode body, String field, Intent intent) {
        return space.place(principal, text(body, field), intent);
    }

    private static ObjectNode describe(String path, FileEntry entry) {
        return Json.object()
                .put("path", path)
                .put("is_dir", entry.directory())
                .put("file_size", entry.size())
                .put("modification_time", entry.modified().toEpochMilli());
    }

    private static String shown(Place place) {
        return place.path().text().replaceFirst("^dbfs:", "");
    }

    private static FileEntry entry(Place place) {
        return place.find()
                .orElseThrow(() ->
                        new FileError(FileError.Reason.NOT_FOUND, place.path().written(), "not found"));
    }

    private void status(Exchange exchange, String principal, JsonNode asked) throws IOException {
        Place place = place(principal, asked, "path", Intent.READ);
        Json.respond(exchange, 200, describe(shown(place), entry(place)));
    }

    private void list(Exchange exchange, String principal, JsonNode asked) throws IOException {
        Place place = place(principal, asked, "path", Intent.READ);
        ObjectNode answer = Json.object();
        FileEntry entry = entry(place);
        if (!entry.directory()) {
            answer.putArray("files").add(describe(shown(place), entry));
        } else {
            List<FileEntry> children = place.list();
            if (!children.isEmpty()) {
                ArrayNode files = answer.putArray("files");
                children.forEach(c -> files.add(describe(shown(place.child(c.name())), c)));
            }
        }
        Json.respond(exchange, 200, answer);
    }

    private void read(Exchange exchange, String principal, JsonNode asked) throws IOException {
        long offset = asked.path("offset").asLong(0);
        long length = asked.path("length").asLong(BLOCK / 2);
        if (length > BLOCK) {
            throw new ApiException(
                    400, "MAX_READ_SIZE_EXCEEDED", "Cannot read more than " + BLOCK + " bytes at a time.");
        }
        Place place = place(principal, asked, "path", Intent.READ);
        long size = place.file().size();
        if (offset < 0 || length < 0 || offset > size) {
            throw ApiException.invalid("The offset must be from 0 to the file's length " + size + ".");
        }
        byte[] data;
        try (InputStream in = place.read(offset, length)) {
            data = in.readAllBytes();
        }
        Json.respond(
                exchange,
                200,
                Json.object()
                        .put("bytes_read", data.length)
                        .put("data", Base64.getEncoder().encodeToString(data)));
    }

    private static byte[] data(JsonNode body, String field) {
        byte[] data;
        try {
            data = Base64.getDecoder().decode(body.path(field).asText());
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("The field " + field + " is not Base64: " + e.getMessage());
        }
        if (data.length > BLOCK) {
            throw new ApiException(
                    400, "MAX_BLOCK_SIZE_EXCEEDED", "The block is larger than " + BLOCK + " bytes; send smaller ones.");
        }
        return data;
    }

    private void put(Exchange exchange, String principal, JsonNode body) throws IOException {
        byte[] data = data(body, "contents");
        place(principal, body, "path", Intent.WRITE)
                .write(new ByteArrayInputStream(data), body.path("overwrite").asBoolean());
        Json.respond(exchange, 200, Json.object());
    }

    private void create(Exchange exchange, String principal, JsonNode body) throws IOException {
        Place place = place(principal, body, "path", Intent.WRITE);
        long handle = writes.begin(place, principal, body.path("overwrite").asBoolean());
        Json.respond(exchange, 200, Json.object().put("handle", handle));
    }

    private void addBlock(Exchange exchange, String principal, JsonNode body) throws IOException {
        writes.add(body.path("handle").asLong(), principal, data(body, "data"));
        Json.respond(exchange, 200, Json.object());
    }

    private void close(Exchange exchange, String principal, JsonNode body) throws IOException {
        writes.finish(body.path("handle").asLong(), principal);
        Json.respond(exchange, 200, Json.object());
    }

    private void mkdirs(Exchange exchange, String principal, JsonNode body) throws IOException {
        place(principal, body, "path", Intent.WRITE).makeDirectory();
        Json.respond(exchange, 200, Json.object());
    }

    private void move(Exchange exchange, String principal, JsonNode body) throws IOException {
        Place from = place(principal, body, "source_path", Intent.WRITE);
        Place to = place(principal, body, "destination_path", Intent.WRITE);
        entry(from);
        from.moveTo(to);
        Json.respond(exchange, 200, Json.object());
    }

    private void delete(Exchange exchange, String principal, JsonNode body) throws IOException {
        Place place = place(principal, body, "path", Intent.WRITE);
        boolean full = place.find().filter(FileEntry::directory).isPresent()
                && !place.list().isEmpty();
        if (full && !body.path("recursive").asBoolean()) {
            throw new FileError(
                    FileError.Reason.NOT_EMPTY,
                    place.path().written(),
                    place.path().written() + " is non empty. To delete it, set recursive to true.");
        }
        place.delete();
        Json.respond(exchange, 200, Json.object());
    }
}
