package io.lakeport.localworkspace.engine;

/**
 * One column of a result, as a statement's manifest describes it.
 *
 * @param name column name as Spark would give it
 * @param typeText full Databricks type, for example {@code DECIMAL(10,2)} or {@code STRUCT<a: INT>}
 * @param typeName its base name in the Statement Execution API, for example {@code DECIMAL}, {@code STRUCT}
 * @param nullable whether the column may hold NULL
 */
public record EngineColumn(String name, String typeText, String typeName, boolean nullable) {}
