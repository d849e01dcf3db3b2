package io.lakeport.localworkspace.statement;

/** Told what statements do, on the thread that does it; must be quick. Thread-safe. */
public interface StatementListener {
    /** A statement arrived, began, or ended; the last call for a statement is the one with its end. */
    default void changed(QueryRecord record) {}

    /** A statement is about to be executed with this current catalog and schema. */
    default void beginning(String sql, String catalog, String schema) {}
}
