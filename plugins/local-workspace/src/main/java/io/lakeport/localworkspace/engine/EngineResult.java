package io.lakeport.localworkspace.engine;

import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * The rows of one statement. Confined to one thread at a time.
 *
 * <p>The Arrow schema of {@link #reader()} is the one that Databricks sends: DECIMAL as Decimal128, TIMESTAMP as
 * Timestamp(us, "Etc/UTC"), TIMESTAMP_NTZ as Timestamp(us), INTERVAL YEAR/MONTH as Interval(YEAR_MONTH), day-time
 * intervals as Duration(us), VARIANT as Utf8, VOID as Null.
 */
public interface EngineResult extends AutoCloseable {
    /** Returns the columns with their Databricks types; empty for a statement without rows such as CREATE TABLE. */
    List<EngineColumn> columns();

    /** Returns the reader of the rows; owned by this result. Batches hold at most 122,880 rows. */
    ArrowReader reader();

    /** Returns what kind of statement ran, as system.query.history names it: SELECT, INSERT, CREATE, SHOW … */
    String statementType();

    /** Returns the file that the client is to move; such a result has no rows of its own. */
    default Optional<FileTransfer> transfer() {
        return Optional.empty();
    }

    @Override
    void close();
}
