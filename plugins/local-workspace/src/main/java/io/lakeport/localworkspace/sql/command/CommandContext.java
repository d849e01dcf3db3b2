package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.Metastore;
import io.lakeport.localworkspace.catalog.SessionCatalog;
import io.lakeport.localworkspace.catalog.SessionTables;
import io.lakeport.localworkspace.catalog.TempViews;
import io.lakeport.localworkspace.engine.EngineParameter;
import io.lakeport.localworkspace.file.FileSpace;
import io.lakeport.localworkspace.sql.expression.ExpressionTranslator;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.query.Ctes;
import io.lakeport.localworkspace.sql.query.Names;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.query.StatementScope;
import io.lakeport.localworkspace.sql.query.Tables;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** What a command works with. */
public interface CommandContext {
    /** Runs a DuckDB statement in the session and returns the number of rows that it changed. */
    long run(String duckSql);

    /** Runs work whose statements take effect together or, when one of them fails, not at all. */
    long atomically(LongSupplier work);

    /** Runs a DuckDB query in the session and returns its rows as text. */
    List<List<@Nullable String>> rows(String duckSql);

    /** Fails when the statement was cancelled. */
    void checkCancelled();

    /**
     * Runs another statement of Spark's grammar within this one.
     *
     * @param tables gives the tables that it sees from those of the session
     */
    Outcome run(String sparkSql, UnaryOperator<Tables> tables);

    /** Returns the catalogs. */
    Metastore metastore();

    /** Returns the catalogs as who runs the statement sees them. */
    SessionCatalog visible();

    /** Returns the tables as the session sees them. */
    SessionTables tables();

    /** Returns the session's variables. */
    SessionVariables variables();

    /** Runs another statement in the place of this one. */
    Outcome execute(String sql, List<EngineParameter> parameters);

    /** Returns the session's temporary views. */
    TempViews tempViews();

    /** Returns the statement that is being translated. */
    StatementScope statement();

    /** Returns the files of the workspace. */
    FileSpace files();

    /** Returns the principal whose session it is. */
    String user();

    /** Returns the session's configuration. */
    SessionConfiguration configuration();

    /** Makes another catalog and schema current. */
    void use(String catalog, String schema);

    /** Returns the current catalog. */
    String catalog();

    /** Returns the current schema. */
    String schema();

    /** Returns the parts of a name. */
    default List<String> name(SqlBaseParser.IdentifierReferenceContext ctx) {
        return Names.of(ctx, statement(), Ctes.none());
    }

    /** Returns a three-level name. */
    default List<String> table(SqlBaseParser.IdentifierReferenceContext ctx) {
        return tables().complete(name(ctx));
    }

    /** Translates a query. */
    default Query query(SqlBaseParser.QueryContext ctx) {
        return statement().query(ctx, statement().with().ctes(), null);
    }

    /** Returns a translator for a scope. */
    default ExpressionTranslator expressions(Scope scope) {
        return statement().expressions(scope, statement().with().ctes());
    }
}
