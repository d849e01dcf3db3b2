package io.lakeport.localworkspace.engine;

import java.nio.file.Path;

/** A SQL engine that speaks Databricks SQL. Thread-safe; sessions of one engine share its catalogs. */
public interface Engine extends AutoCloseable {
    /** Opens a session with its own current catalog, schema and configuration. */
    EngineSession openSession(SessionSettings settings);

    /**
     * Loads a Parquet, CSV or JSON file as a managed table, replacing a table of that name.
     *
     * @param table one-, two- or three-level name, backticks allowed; missing levels are the defaults
     * @throws EngineException when the file cannot be read or is of another kind
     */
    void load(String table, Path file);

    /** Returns the name of the default catalog. */
    String defaultCatalog();

    /** Returns the name of the default schema. */
    String defaultSchema();

    @Override
    void close();
}
