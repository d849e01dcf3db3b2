package io.lakeport.localworkspace.engine;

import io.lakeport.localworkspace.file.FileSpace;
import io.lakeport.localworkspace.governance.Governance;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A SQL engine that speaks Databricks SQL. Thread-safe; sessions of one engine share its catalogs. */
public interface Engine extends AutoCloseable {
    /** Opens a session with its own current catalog, schema and configuration. */
    EngineSession openSession(SessionSettings settings);

    /** Tells the engine where files are; called once, before the first session of a user. */
    default void useFiles(FileSpace files) {}

    /**
     * Tells the engine who may do what; called once, before the first session of a user. Sessions opened earlier may do
     * everything. An engine that does not override this checks no privileges.
     */
    default void govern(Governance governance) {}

    /** Returns what the catalogs hold, to be told by REST. */
    default CatalogContents contents() {
        return CatalogContents.NONE;
    }

    /**
     * Loads a Parquet, CSV or JSON file as a managed table, replacing a table of that name.
     *
     * @param table one-, two- or three-level name, backticks allowed; missing levels are the defaults
     * @throws EngineException when the file cannot be read or is of another kind
     */
    void load(String table, Path file);

    /**
     * Replaces all rows of a system table that the workspace itself fills, creating it first when needed.
     *
     * <p>Statements that run meanwhile see either the old rows or the new ones.
     *
     * @param threeLevelName name without backticks, for example {@code system.query.history}
     * @param columns its columns with Databricks types
     * @param rows one list per row, one value per column: {@link String}, {@link Boolean}, {@link Long},
     *     {@link Integer}, {@link Double}, {@link java.math.BigDecimal}, {@link java.time.Instant} for TIMESTAMP,
     *     {@link java.time.LocalDate}; nested types as JSON text; {@code null} for NULL
     */
    void replaceSystemTable(
            String threeLevelName, List<EngineColumn> columns, List<? extends List<? extends @Nullable Object>> rows);

    /**
     * Brings a system table up to date. Rows given as {@code past} are added for good, so that a caller gives those of
     * a long history once only; rows given as {@code recent} replace those of the call before.
     *
     * <p>Calls for one table come one after another; statements see either the old rows or the new ones.
     *
     * @param threeLevelName as in {@link #replaceSystemTable}
     * @param columns as in {@link #replaceSystemTable}; the same at every call for a table
     * @param past rows that stay, as in {@link #replaceSystemTable}
     * @param recent rows that stay until the next call
     */
    void refreshSystemTable(
            String threeLevelName,
            List<EngineColumn> columns,
            List<? extends List<? extends @Nullable Object>> past,
            List<? extends List<? extends @Nullable Object>> recent);

    /** Returns the name of the default catalog. */
    String defaultCatalog();

    /** Returns the name of the default schema. */
    String defaultSchema();

    @Override
    void close();
}
