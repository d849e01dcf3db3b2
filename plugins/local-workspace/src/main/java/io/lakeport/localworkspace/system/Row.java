package io.lakeport.localworkspace.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A row of a system table, by column name; columns that nobody put are NULL. Confined to one thread. */
public final class Row {
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Returns a row of this account and workspace. */
    public static Row ofWorkspace() {
        return new Row()
                .put("account_id", WorkspaceIdentity.ACCOUNT_ID)
                .put("workspace_id", WorkspaceIdentity.WORKSPACE_ID);
    }

    /**
     * Puts a value.
     *
     * @param value as {@link io.lakeport.localworkspace.engine.Engine#replaceSystemTable} takes it; a map stands for a
     *     STRUCT or MAP, a collection for an ARRAY
     */
    public Row put(String column, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            // In order, since immutable maps have another order in each JVM.
            values.put(column, json(new TreeMap<>(map)));
        } else if (value instanceof Collection<?>) {
            values.put(column, json(value));
        } else if (value != null) {
            values.put(column, value);
        }
        return this;
    }

    private static String json(Object value) {
        try {
            return new String(Json.bytes(value), StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, numbers and lists can always be written as JSON", e);
        }
    }

    /** Returns the value of a column, null for NULL. */
    public @Nullable Object get(String column) {
        return values.get(column);
    }

    /**
     * Returns the values in the order of a table's columns.
     *
     * @throws IllegalStateException when a value was put for a column that the table does not have
     */
    List<@Nullable Object> inOrder(Collection<String> columns) {
        List<@Nullable Object> row = new ArrayList<>(columns.size());
        int known = 0;
        for (String column : columns) {
            Object value = values.get(column);
            known += value == null ? 0 : 1;
            row.add(value);
        }
        if (known != values.size()) {
            throw new IllegalStateException("the table lacks one of the columns " + values.keySet());
        }
        return row;
    }
}
