package io.lakeport.core.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A STRUCT: names and values side by side, in the order of the type, because two fields may share a name.
 *
 * @param names field names
 * @param values field values as {@link RowCursor#getObject} gives them; an element may be null
 */
public record StructValue(List<String> names, List<@Nullable Object> values) {
    public StructValue {
        names = List.copyOf(names);
        // List.copyOf refuses null elements, and a field may be NULL.
        values = Collections.unmodifiableList(new ArrayList<>(values));
        if (names.size() != values.size()) {
            throw new IllegalArgumentException(names.size() + " names for " + values.size() + " values");
        }
    }
}
