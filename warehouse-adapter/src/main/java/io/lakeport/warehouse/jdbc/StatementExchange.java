package io.lakeport.warehouse.jdbc;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.GuardedCall;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.WarehouseContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The exchanges of one statement with the workspace, each under the guard. Confined to one thread. */
final class StatementExchange implements Execution.Exchange {
    private final WarehouseContext context;
    private final String url;
    private final IsolatedDriver driver;
    private final StatementRequest request;
    private final PositionalSql sql;
    private final AccessToken token;

    StatementExchange(
            WarehouseContext context,
            String url,
            IsolatedDriver driver,
            StatementRequest request,
            PositionalSql sql,
            AccessToken token) {
        this.context = context;
        this.url = url;
        this.driver = driver;
        this.request = request;
        this.sql = sql;
        this.token = token;
    }

    @Override
    public RunningStatement open() {
        Connection connection = guarded("jdbc.connect", true, () -> connect());
        try {
            return RunningStatement.on(connection, sql, askedRows(request));
        } catch (SQLException e) {
            throw JdbcFailures.running(e, sql.sql());
        }
    }

    /** One row more than wanted is asked for, which tells whether the result was cut. */
    private static OptionalLong askedRows(StatementRequest request) {
        OptionalLong limit = request.rowLimit();
        return limit.isPresent() ? OptionalLong.of(Math.addExact(limit.getAsLong(), 1)) : limit;
    }

    private Connection connect() {
        try {
            return connect(token);
        } catch (LakeportException e) {
            if (!e.is(CoreError.TOKEN_REJECTED)) {
                throw e;
            }
            context.tokens().reject(token);
            AccessToken fresh = context.tokens().token(request.deadline());
            if (fresh.value().sameValueAs(token.value())) {
                throw e;
            }
            return connect(fresh);
        }
    }

    private Connection connect(AccessToken with) {
        try {
            return driver.connect(url, ConnectionSettings.properties(context, request, with));
        } catch (SQLException e) {
            throw JdbcFailures.connecting(
                    e, context.tenant().host().authority(), with.value().reveal());
        }
    }

    @Override
    public @Nullable ResultSet run(RunningStatement statement) {
        return guarded("jdbc.execute", false, () -> {
                    try {
                        return Optional.ofNullable(statement.execute());
                    } catch (SQLException e) {
                        LakeportException error = JdbcFailures.running(e, sql.sql());
                        throw statement
                                .id()
                                .map(id -> error.with("statement_id", id.value()))
                                .orElse(error);
                    }
                })
                .orElse(null);
    }

    private <T> T guarded(String name, boolean repeatable, Callable<T> exchange) {
        GuardedCall call = new GuardedCall(
                context.tenant().host().authority(),
                context.tenant().id().value(),
                "sql",
                name,
                repeatable,
                request.deadline());
        return context.guard().call(call, exchange);
    }
}
