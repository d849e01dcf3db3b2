package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Environment;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.ExpressionTranslator;
import io.lakeport.localworkspace.sql.expression.Parameters;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.QueryContext;
import org.jspecify.annotations.Nullable;

/** What all parts of one statement share: session, tables, parameters, and fresh names. */
public final class StatementScope {
    /** More calls than any sensible statement has, and fewer than a function that calls itself needs to end badly. */
    private static final int MOST_CALLS = 200;

    /**
     * The session a statement runs in.
     *
     * @param member whether the user is in a group
     */
    public record Session(String user, String catalog, String schema, Predicate<String> member) {}

    private final Session session;
    private final Tables tables;
    private final Parameters parameters;
    private final AtomicInteger names = new AtomicInteger();
    private boolean sessionAsked;
    private With with = With.NONE;
    private int calls;

    /** The WITH of the statement: what it names, and the clause as DuckDB reads it, empty when there is none. */
    public record With(Ctes ctes, String clause) {
        static final With NONE = new With(Ctes.none(), "");
    }

    public StatementScope(Session session, Tables tables, Parameters parameters) {
        this.session = session;
        this.tables = tables;
        this.parameters = parameters;
    }

    /** Translates the WITH before INSERT, UPDATE, DELETE or MERGE; it holds for the rest of the statement. */
    public void begin(SqlBaseParser.CtesContext ctx) {
        with = new QueryTranslator(this, Ctes.none(), null).with(ctx);
    }

    /** Returns the WITH that stands before the statement. */
    public With with() {
        return with;
    }

    Tables tables() {
        return tables;
    }

    /** Whether what was translated so far says something else in another session, such as current_user(). */
    public boolean dependsOnSession() {
        return sessionAsked;
    }

    private Session asked() {
        sessionAsked = true;
        return session;
    }

    /** Returns a DuckDB name that nothing else in the statement has. */
    public String freshName(String prefix) {
        return prefix + names.incrementAndGet();
    }

    /** Returns a translator of expressions that may name a scope's columns. */
    public ExpressionTranslator expressions(Scope scope, Ctes ctes) {
        return new ExpressionTranslator(environment(ctes), scope);
    }

    /** Translates a query. */
    public Query query(QueryContext ctx, Ctes ctes, @Nullable Scope outer) {
        return new QueryTranslator(this, ctes, outer).translate(ctx);
    }

    /** Returns all rows of a table, a view or a common table expression. */
    public Query star(SqlBaseParser.IdentifierReferenceContext ctx) {
        Ctes ctes = with.ctes();
        return SelectTranslator.star(new Relations(this, ctes, null).table(Names.of(ctx, this, ctes), null, ""));
    }

    private Expr call(Routine routine, List<Expr> args, Map<String, Expr> named) {
        if (routine.isTable()) {
            throw SqlErrors.of(
                    "NOT_A_SCALAR_FUNCTION",
                    "42887",
                    Identifiers.backticked(routine.name())
                            + " appears as a scalar expression here, but the function was defined as a table function."
                            + " Please update the query to move the function call into the FROM clause, or redefine "
                            + Identifiers.backticked(routine.name()) + " as a scalar function instead.");
        }
        if (++calls > MOST_CALLS) {
            throw SqlErrors.unsupported("a function that calls itself");
        }
        String pretty = String.join(".", routine.name())
                + args.stream().map(Expr::pretty).collect(Collectors.joining(", ", "(", ")"));
        return routine.value(routine.scope(args, named, this), pretty, this);
    }

    private Environment environment(Ctes ctes) {
        return new Environment() {
            @Override
            public Subquery subquery(QueryContext ctx, Scope outer) {
                Query query = query(ctx, outer);
                return new Subquery(query.sql(), query.types());
            }

            private Query query(QueryContext ctx, Scope outer) {
                return StatementScope.this.query(ctx, ctes, outer);
            }

            @Override
            public boolean hasRoutine(List<String> name) {
                return tables.routine(name).isPresent();
            }

            @Override
            public Optional<Expr> routine(List<String> name, List<Expr> args, Map<String, Expr> named) {
                return tables.routine(name).map(r -> call(r, args, named));
            }

            @Override
            public Optional<Expr> variable(List<String> name) {
                return tables.variable(name);
            }

            @Override
            public Parameters parameters() {
                return parameters;
            }

            @Override
            public String user() {
                return asked().user();
            }

            @Override
            public boolean isMember(String group) {
                return asked().member().test(group);
            }

            @Override
            public String catalog() {
                return asked().catalog();
            }

            @Override
            public String schema() {
                return asked().schema();
            }
        };
    }
}
