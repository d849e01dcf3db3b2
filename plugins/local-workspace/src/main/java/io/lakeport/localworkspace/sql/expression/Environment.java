package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.QueryContext;

/** What expressions need of the statement around them. */
public interface Environment {
    /** A query inside an expression: its SQL and the type of its first column. */
    record Subquery(String sql, List<SqlType> types) {}

    /** Translates a query that may name columns of the scope it stands in. */
    Subquery subquery(QueryContext ctx, Scope outer);

    /** Whether somebody wrote a function of that name in SQL. */
    boolean hasRoutine(List<String> name);

    /** Returns what a call of a function that somebody wrote in SQL means; empty when there is none of that name. */
    Optional<Expr> routine(List<String> name, List<Expr> args, Map<String, Expr> named);

    /** Returns the value of the session's variable of that name. */
    Optional<Expr> variable(List<String> name);

    /** Returns the values of the statement's parameters. */
    Parameters parameters();

    /** Returns the principal. */
    String user();

    /** Whether the principal is in a group of the account. */
    boolean isMember(String group);

    /** Returns the current catalog. */
    String catalog();

    /** Returns the current schema. */
    String schema();
}
