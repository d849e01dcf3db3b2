package io.lakeport.app.config;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a JSON document that remembers where it stood, so that an error can point at it.
 *
 * @param source name of the document
 * @param pointer JSON pointer, empty for the whole document
 * @param line line of its first character, from 1
 * @param content a Map in document order, a List, a String, a Long, a Double, a Boolean or null
 */
record JsonValue(
        String source, String pointer, int line, @Nullable Object content) {
    @SuppressWarnings("unchecked")
    Map<String, JsonValue> object() {
        if (content instanceof Map<?, ?> map) {
            return (Map<String, JsonValue>) map;
        }
        throw wrongType("an object {…}");
    }

    @SuppressWarnings("unchecked")
    List<JsonValue> array() {
        if (content instanceof List<?> list) {
            return (List<JsonValue>) list;
        }
        throw wrongType("an array […]");
    }

    String string() {
        if (content instanceof String text) {
            return text;
        }
        throw wrongType("a string");
    }

    long integer() {
        if (content instanceof Long number) {
            return number;
        }
        throw wrongType("a whole number");
    }

    boolean bool() {
        if (content instanceof Boolean flag) {
            return flag;
        }
        throw wrongType("true or false");
    }

    /** Returns the error for this value, with its place in front. */
    LakeportException error(String what) {
        return error(what, null);
    }

    LakeportException error(String what, @Nullable Throwable cause) {
        return new LakeportException(
                CoreError.INVALID_CONFIGURATION,
                source + " line " + line + ", " + (pointer.isEmpty() ? "/" : pointer) + ": " + what,
                cause);
    }

    private LakeportException wrongType(String expected) {
        return error("expected " + expected + ", found " + kind());
    }

    /** The value itself is not repeated: it may be a secret in the wrong place. */
    private String kind() {
        if (content == null) {
            return "null";
        }
        if (content instanceof Map) {
            return "an object";
        }
        if (content instanceof List) {
            return "an array";
        }
        if (content instanceof String) {
            return "a string";
        }
        return content instanceof Boolean ? "true or false" : "a number";
    }
}
