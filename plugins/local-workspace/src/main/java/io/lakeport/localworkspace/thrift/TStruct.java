package io.lakeport.localworkspace.thrift;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Thrift struct as values by field id. A value's Java class tells its Thrift type: Boolean, Byte, Short, Integer,
 * Long, Double, byte[] (also for texts), TStruct, {@link TList} and {@link TMap}. Not thread-safe.
 */
final class TStruct {
    private final TreeMap<Short, Object> fields = new TreeMap<>();

    /** Sets a field; a {@code null} value leaves it out. */
    TStruct with(int id, @Nullable Object value) {
        if (value instanceof String text) {
            fields.put((short) id, text.getBytes(StandardCharsets.UTF_8));
        } else if (value != null) {
            fields.put((short) id, value);
        }
        return this;
    }

    TreeMap<Short, Object> fields() {
        return fields;
    }

    boolean has(int id) {
        return fields.containsKey((short) id);
    }

    Optional<String> text(int id) {
        return get(id, byte[].class).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    Optional<byte[]> bytes(int id) {
        return get(id, byte[].class);
    }

    boolean flag(int id) {
        return get(id, Boolean.class).orElse(false);
    }

    int integer(int id, int otherwise) {
        return get(id, Integer.class).orElse(otherwise);
    }

    long number(int id, long otherwise) {
        return get(id, Long.class).orElse(otherwise);
    }

    /** Returns a struct field, an empty struct when it is missing. */
    TStruct struct(int id) {
        return get(id, TStruct.class).orElseGet(TStruct::new);
    }

    /** Returns the elements of a list field, none when it is missing. */
    List<Object> list(int id) {
        return get(id, TList.class).map(TList::elements).orElse(List.of());
    }

    /** Returns a map field, an empty one when it is missing. */
    TMap map(int id) {
        return get(id, TMap.class).orElseGet(TMap::new);
    }

    private <T> Optional<T> get(int id, Class<T> type) {
        Object value = fields.get((short) id);
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }
}
