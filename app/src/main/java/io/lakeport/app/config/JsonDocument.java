package io.lakeport.app.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON text into {@link JsonValue}s. A key that stands twice in one object is an error. */
final class JsonDocument {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final String source;
    private final JsonParser parser;

    private JsonDocument(String source, JsonParser parser) {
        this.source = source;
        this.parser = parser;
    }

    /** Parses a whole document; {@code source} names it in errors. */
    static JsonValue parse(String text, String source) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonDocument document = new JsonDocument(source, parser);
            if (parser.nextToken() == null) {
                throw new LakeportException(
                        CoreError.INVALID_CONFIGURATION, source + " is empty; expected a JSON object {…}");
            }
            JsonValue root = document.value("");
            if (parser.nextToken() != null) {
                throw root.error("something follows the end of the document (line "
                        + parser.currentTokenLocation().getLineNr() + ")");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    source + " line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": not valid JSON: " + firstSentence(e),
                    // The parser's own exception would repeat the text around the fault, which may be a secret.
                    null);
        } catch (IOException e) {
            throw new LakeportException(CoreError.INVALID_CONFIGURATION, source + " cannot be read", e);
        }
    }

    private static String firstSentence(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        int token = message.indexOf("token '");
        return token < 0 ? message : "a value that is no string, number, true, false or null";
    }

    private JsonValue value(String pointer) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        return new JsonValue(source, pointer, line, content(pointer));
    }

    private @Nullable Object content(String pointer) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(pointer);
            case START_ARRAY -> array(pointer);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> integer(pointer);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        };
    }

    private Long integer(String pointer) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    source + " line " + parser.currentTokenLocation().getLineNr() + ", " + pointer
                            + ": the number is too large");
        }
        return parser.getLongValue();
    }

    private Map<String, JsonValue> object(String pointer) throws IOException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(pointer + "/" + name.replace("~", "~0").replace("/", "~1")));
        }
        return Collections.unmodifiableMap(members);
    }

    private List<JsonValue> array(String pointer) throws IOException {
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(pointer + "/" + elements.size()));
        }
        return Collections.unmodifiableList(elements);
    }
}
