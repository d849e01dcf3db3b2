package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.file.Place;
import java.util.List;
import java.util.Optional;

/** Where queries find their tables. */
public interface Tables {
    /** Returns the table or view of a name of one to three levels, in the session's current schema if levels lack. */
    Optional<Table> find(List<String> name);

    /** Returns the place of a path that the statement's user means to read. */
    Place place(String path);

    /** Returns the columns of a query that DuckDB can run. */
    List<Table.TableColumn> describe(String duckSql);
}
