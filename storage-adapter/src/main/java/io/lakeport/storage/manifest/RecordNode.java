package io.lakeport.storage.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A part of a JSON record, which knows where it came from, so that an error names the field. */
final class RecordNode {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final JsonNode node;
    private final String origin;
    private final String place;

    private RecordNode(JsonNode node, String origin, String place) {
        this.node = node;
        this.origin = origin;
        this.place = place;
    }

    /** Returns an empty record of that format and version. */
    static ObjectNode begin(String format, int version) {
        return JSON.createObjectNode().put("format", format).put("version", version);
    }

    /** Returns the record as text that a person can read. */
    static byte[] bytes(ObjectNode record) {
        try {
            return (JSON.writeValueAsString(record) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values always has a JSON text", e);
        }
    }

    /** Returns what {@code read} makes of a record of that format, of that version at most. */
    static <T> T read(byte[] bytes, String origin, String format, int version, Function<RecordNode, T> read) {
        RecordNode root = new RecordNode(tree(bytes, origin), origin, "");
        if (!format.equals(root.node.path("format").asText())) {
            throw root.illegal("/format", "expected \"" + format + "\"", null);
        }
        if (root.number("version") > version) {
            throw root.illegal("/version", "it was written by a newer Lakeport; use that one", null);
        }
        try {
            return read.apply(root);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw root.illegal("", String.valueOf(e.getMessage()), e);
        }
    }

    private static JsonNode tree(byte[] bytes, String origin) {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "'" + origin + "' is no record of an export: no JSON at line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + "; restore the file or export to another target",
                    e);
        } catch (IOException e) {
            throw new LakeportException(CoreError.INVALID_ARGUMENT, "'" + origin + "' could not be read", e);
        }
    }

    boolean has(String name) {
        return node.has(name);
    }

    String text(String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual()) {
            throw illegal("/" + name, "expected a text", null);
        }
        return value.asText();
    }

    Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    long number(String name) {
        return whole(node.path(name), "/" + name);
    }

    OptionalLong optionalNumber(String name) {
        return has(name) ? OptionalLong.of(number(name)) : OptionalLong.empty();
    }

    boolean flag(String name) {
        JsonNode value = node.path(name);
        if (!value.isBoolean()) {
            throw illegal("/" + name, "expected true or false", null);
        }
        return value.asBoolean();
    }

    <E extends Enum<E>> E choice(String name, Class<E> type) {
        try {
            return Enum.valueOf(type, text(name));
        } catch (IllegalArgumentException e) {
            throw illegal("/" + name, "expected one of " + List.of(type.getEnumConstants()), e);
        }
    }

    RecordNode object(String name) {
        return new RecordNode(node.path(name), origin, place + "/" + name);
    }

    <T> Optional<T> optional(String name, Function<RecordNode, T> read) {
        return has(name) ? Optional.of(read.apply(object(name))) : Optional.empty();
    }

    <T> List<T> list(String name, Function<RecordNode, T> read) {
        List<T> all = new ArrayList<>();
        for (JsonNode element : array(name)) {
            all.add(read.apply(new RecordNode(element, origin, place + "/" + name + "/" + all.size())));
        }
        return all;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        array(name).forEach(element -> texts.add(element.asText()));
        return texts;
    }

    List<Long> numbers(String name) {
        List<Long> numbers = new ArrayList<>();
        array(name).forEach(element -> numbers.add(whole(element, "/" + name)));
        return numbers;
    }

    /** Returns the members of an object as texts; none when it is absent. */
    Map<String, String> members(String name) {
        return object(name).members();
    }

    /** Returns the members of this object as texts. */
    Map<String, String> members() {
        Map<String, String> members = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            members.put(entry.getKey(), entry.getValue().asText());
        }
        return members;
    }

    private JsonNode array(String name) {
        JsonNode value = node.path(name);
        if (!value.isArray()) {
            throw illegal("/" + name, "expected an array", null);
        }
        return value;
    }

    private long whole(JsonNode value, String at) {
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw illegal(at, "expected a whole number", null);
        }
        return value.asLong();
    }

    private LakeportException illegal(String at, String why, @Nullable Throwable cause) {
        String where = place + at;
        return new LakeportException(
                CoreError.INVALID_ARGUMENT,
                "'" + origin + "' is not a record that can be used" + (where.isEmpty() ? "" : ", at " + where) + ": "
                        + why + "; restore the file or export to another target",
                cause);
    }
}
