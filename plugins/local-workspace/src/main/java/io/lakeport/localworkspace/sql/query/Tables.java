package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.file.Place;
import io.lakeport.localworkspace.sql.expression.Expr;
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

    /** Returns the function of a name of one to three levels that somebody wrote in SQL. */
    Optional<Routine> routine(List<String> name);

    /** Returns the value of the session's variable of that name. */
    Optional<Expr> variable(List<String> name);

    /** Returns a table as it was. */
    Table at(List<String> name, Moment moment);

    /** Returns the rows that commits changed from one moment to another, or to the last version. */
    Table changes(List<String> name, Moment from, Optional<Moment> to);
}
