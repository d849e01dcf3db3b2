package io.lakeport.localworkspace.engine.duck;

import io.lakeport.localworkspace.catalog.MetadataStatements;
import io.lakeport.localworkspace.catalog.Metastore;
import io.lakeport.localworkspace.catalog.SessionCatalog;
import io.lakeport.localworkspace.catalog.SessionTables;
import io.lakeport.localworkspace.catalog.TempViews;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.engine.EngineParameter;
import io.lakeport.localworkspace.engine.EngineResult;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.FileTransfer;
import io.lakeport.localworkspace.file.FileError;
import io.lakeport.localworkspace.file.FileSpace;
import io.lakeport.localworkspace.file.Intent;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.sql.command.CommandContext;
import io.lakeport.localworkspace.sql.command.Commands;
import io.lakeport.localworkspace.sql.command.DeltaStatements;
import io.lakeport.localworkspace.sql.command.FileErrors;
import io.lakeport.localworkspace.sql.command.FileStatements;
import io.lakeport.localworkspace.sql.command.Outcome;
import io.lakeport.localworkspace.sql.command.SessionConfiguration;
import io.lakeport.localworkspace.sql.command.SessionVariables;
import io.lakeport.localworkspace.sql.command.SessionZone;
import io.lakeport.localworkspace.sql.expression.Parameters;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.query.StatementScope;
import io.lakeport.localworkspace.sql.query.Tables;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.unity.UnityStatements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.SingleStatementContext;
import org.jspecify.annotations.Nullable;

/** One session: a DuckDB connection, a current catalog and a current schema. */
final class DuckSession implements EngineSession {
    private final Connection connection;
    private final Metastore metastore;
    private final BufferAllocator allocator;
    private final String user;
    private final SessionConfiguration configuration;
    private final Supplier<FileSpace> files;
    private final @Nullable Governance governance;
    private final Consumer<DuckSession> onClose;
    private final TempViews tempViews = new TempViews();
    private final SessionVariables variables = new SessionVariables();
    /** What a fresh connection has. */
    private String zone = "Etc/UTC";

    private volatile String catalog;
    private volatile String schema;
    private volatile @Nullable Execution current;

    /** Whose session it is and how it is set. */
    record Identity(
            String user,
            SessionConfiguration configuration,
            @Nullable Governance governance,
            Supplier<FileSpace> files) {}

    DuckSession(
            Connection connection,
            Metastore metastore,
            BufferAllocator allocator,
            Identity identity,
            String catalog,
            String schema,
            Consumer<DuckSession> onClose) {
        this.connection = connection;
        this.metastore = metastore;
        this.allocator = allocator;
        this.user = identity.user();
        this.configuration = identity.configuration();
        this.files = identity.files();
        this.governance = identity.governance();
        this.catalog = catalog;
        this.schema = schema;
        this.onClose = onClose;
    }

    @Override
    public EngineResult execute(String sql, List<EngineParameter> parameters) {
        Execution execution = new Execution();
        current = execution;
        configuration.statementTimeout().ifPresent(execution::cancelAfter);
        try {
            applyTimeZone();
            Outcome outcome = outcome(sql, parameters, execution);
            Query answer = outcome.answer();
            // A statement without rows still has a reader: one that is empty at once.
            Query query = answer != null
                    ? answer
                    : new Query("SELECT 1 AS x WHERE false", List.of(new Query.Output("x", "x", SqlType.INT, true)));
            String zone = applyTimeZone();
            EngineResult result =
                    DuckResult.open(connection, allocator, query, zone, outcome.type(), answer != null, execution);
            FileTransfer transfer = outcome.transfer();
            return transfer == null ? result : new TransferOutcome(result, transfer);
        } catch (SQLException | RuntimeException e) {
            throw failure(e, execution);
        }
    }

    /** Brings the connection's time zone to what the session's configuration says, and returns it. */
    private String applyTimeZone() throws SQLException {
        String wanted = SessionZone.duck(configuration.timeZone());
        if (!wanted.equals(zone)) {
            try (Statement s = connection.createStatement()) {
                s.execute("SET TimeZone = " + Identifiers.literal(wanted));
            }
            zone = wanted;
        }
        return wanted;
    }

    private static RuntimeException failure(Exception e, Execution execution) {
        if (execution.isCancelled()) {
            return DuckErrors.cancelled(e);
        }
        if (e instanceof FileError file) {
            return FileErrors.of(file);
        }
        if (!(e instanceof EngineException) && !(e instanceof SQLException)) {
            return e instanceof RuntimeException r ? r : new IllegalStateException(e);
        }
        return DuckErrors.translate(e);
    }

    private Outcome outcome(String sql, List<EngineParameter> parameters, Execution execution) {
        Context context = new Context(execution);
        Optional<Outcome> metadata =
                new UnityStatements(context).run(sql).or(() -> new MetadataStatements(context).run(sql));
        if (metadata.isPresent()) {
            return metadata.get();
        }
        context.statement = statement(context, context.tables(), Parameters.none());
        Optional<Outcome> files = new FileStatements(context).run(sql);
        if (files.isPresent()) {
            return files.get();
        }
        Optional<Outcome> delta = new DeltaStatements(context).run(sql);
        if (delta.isPresent()) {
            return delta.get();
        }
        SingleStatementContext tree = StatementParser.parse(DeltaStatements.spelledOut(sql));
        context.statement = statement(context, context.tables(), Parameters.bind(parameters, tree));
        return Commands.run(tree, context);
    }

    private StatementScope statement(Context context, Tables tables, Parameters parameters) {
        return new StatementScope(
                new StatementScope.Session(user, catalog, schema, context.visible()::isMember), tables, parameters);
    }

    /** The session as commands see it. */
    private final class Context implements CommandContext {
        private final Execution execution;
        private final SessionCatalog visible = new SessionCatalog(metastore, governance, user);
        private @Nullable StatementScope statement;
        private boolean inTransaction;

        Context(Execution execution) {
            this.execution = execution;
        }

        @Override
        public long run(String duckSql) {
            try (Statement s = connection.createStatement()) {
                execution.begin(s);
                s.execute(duckSql);
                return Math.max(0, s.getUpdateCount());
            } catch (SQLException e) {
                throw DuckErrors.translate(e);
            } finally {
                execution.end();
            }
        }

        @Override
        public long atomically(LongSupplier work) {
            if (inTransaction) {
                return work.getAsLong();
            }
            uninterrupted("BEGIN TRANSACTION");
            inTransaction = true;
            try {
                long rows = work.getAsLong();
                uninterrupted("COMMIT");
                return rows;
            } catch (RuntimeException e) {
                rollBack(e);
                throw e;
            } finally {
                inTransaction = false;
            }
        }

        private void rollBack(RuntimeException reason) {
            try {
                uninterrupted("ROLLBACK");
            } catch (RuntimeException e) {
                // A COMMIT that fails has ended the transaction already.
                reason.addSuppressed(e);
            }
        }

        /** A cancel must not keep a transaction from ending: the session's next statement would be in it. */
        private void uninterrupted(String duckSql) {
            try (Statement s = connection.createStatement()) {
                s.execute(duckSql);
            } catch (SQLException e) {
                throw DuckErrors.translate(e);
            }
        }

        @Override
        public Outcome run(String sparkSql, UnaryOperator<Tables> tables) {
            StatementScope around = statement;
            try {
                SingleStatementContext tree = StatementParser.parse(sparkSql);
                statement = DuckSession.this.statement(this, tables.apply(tables()), Parameters.bind(List.of(), tree));
                return Commands.run(tree, this);
            } finally {
                statement = around;
            }
        }

        @Override
        public List<List<@Nullable String>> rows(String duckSql) {
            try (Statement s = connection.createStatement()) {
                execution.begin(s);
                try (ResultSet rows = s.executeQuery(duckSql)) {
                    return Texts.of(rows);
                }
            } catch (SQLException e) {
                throw DuckErrors.translate(e);
            } finally {
                execution.end();
            }
        }

        @Override
        public void checkCancelled() {
            execution.check();
        }

        @Override
        public Metastore metastore() {
            return metastore;
        }

        @Override
        public SessionCatalog visible() {
            return visible;
        }

        @Override
        public SessionTables tables() {
            return new SessionTables(
                    visible,
                    catalog,
                    schema,
                    DuckSession.this::describe,
                    this::rows,
                    tempViews,
                    variables,
                    path -> files.get().place(user, path, Intent.READ));
        }

        @Override
        public SessionVariables variables() {
            return variables;
        }

        @Override
        public Outcome execute(String sql, List<EngineParameter> parameters) {
            return outcome(sql, parameters, execution);
        }

        @Override
        public TempViews tempViews() {
            return tempViews;
        }

        @Override
        public StatementScope statement() {
            if (statement == null) {
                throw new IllegalStateException("No statement has been parsed yet.");
            }
            return statement;
        }

        @Override
        public FileSpace files() {
            return files.get();
        }

        @Override
        public String user() {
            return user;
        }

        @Override
        public SessionConfiguration configuration() {
            return configuration;
        }

        @Override
        public void use(String newCatalog, String newSchema) {
            catalog = newCatalog;
            schema = newSchema;
        }

        @Override
        public String catalog() {
            return catalog;
        }

        @Override
        public String schema() {
            return schema;
        }
    }

    private List<List<String>> describe(String duckSql) {
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery("DESCRIBE " + duckSql)) {
            List<List<String>> all = new ArrayList<>();
            while (rows.next()) {
                all.add(List.of(rows.getString(1), rows.getString(2)));
            }
            return all;
        } catch (SQLException e) {
            throw DuckErrors.translate(e);
        }
    }

    @Override
    public void cancel() {
        Execution execution = current;
        if (execution != null) {
            execution.cancel();
        }
    }

    @Override
    public String catalog() {
        return catalog;
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public Map<String, String> queryTags() {
        return configuration.queryTags();
    }

    @Override
    public void close() {
        onClose.accept(this);
        try {
            connection.close();
        } catch (SQLException e) {
            throw DuckErrors.translate(e);
        }
    }
}
