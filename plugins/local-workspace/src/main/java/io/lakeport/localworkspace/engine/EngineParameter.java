package io.lakeport.localworkspace.engine;

import org.jspecify.annotations.Nullable;

/**
 * A parameter of a statement, as the Statement Execution API defines it.
 *
 * @param name name without the colon, {@code null} for a positional one
 * @param ordinal position from 1, 0 for a named one
 * @param type Databricks type text such as {@code INT} or {@code DECIMAL(10,2)}, {@code STRING} when the client gave none
 * @param value value as text, {@code null} for SQL NULL
 */
public record EngineParameter(
        @Nullable String name,
        int ordinal,
        String type,
        @Nullable String value) {}
