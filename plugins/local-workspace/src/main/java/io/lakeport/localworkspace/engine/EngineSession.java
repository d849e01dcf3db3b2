package io.lakeport.localworkspace.engine;

import java.util.List;
import java.util.Map;

/** One session. Statements of one session run one after another; {@link #cancel()} may come from any thread. */
public interface EngineSession extends AutoCloseable {
    /**
     * Runs one statement and returns when its first rows are ready to be read.
     *
     * @throws EngineException with Databricks' error class, SQLSTATE and message
     */
    EngineResult execute(String sql, List<EngineParameter> parameters);

    /** Ends the running statement, if any; its {@link #execute} or reader then fails with an {@link EngineException}. */
    void cancel();

    /** Returns the current catalog. */
    String catalog();

    /** Returns the current schema. */
    String schema();

    /** Returns the tags that statements of this session set by {@code SET QUERY_TAGS}, empty when there are none. */
    default Map<String, String> queryTags() {
        return Map.of();
    }

    @Override
    void close();
}
