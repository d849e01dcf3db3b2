package io.lakeport.core.arrow;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A column of an Arrow schema.
 *
 * @param name its name
 * @param nullable whether it may hold NULL
 * @param type its physical type
 * @param children element of a list, entries of a map, fields of a struct; otherwise empty
 * @param metadata key-value metadata
 */
public record ArrowField(
        String name, boolean nullable, ArrowType type, List<ArrowField> children, Map<String, String> metadata) {
    public ArrowField {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        children = List.copyOf(children);
        metadata = Map.copyOf(metadata);
    }
}
