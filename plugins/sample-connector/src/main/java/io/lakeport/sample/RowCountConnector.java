package io.lakeport.sample;

import io.lakeport.core.connector.Connector;
import io.lakeport.core.connector.ConnectorContext;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.Map;

/** Counts the rows of one table. */
final class RowCountConnector implements Connector {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ConnectorContext context;

    RowCountConnector(ConnectorContext context) {
        this.context = context;
    }

    @Override
    public String run(Map<String, String> arguments) {
        TableName table = tableOf(arguments);
        StatementRequest request = StatementRequest.of("SELECT count(*) AS row_count FROM " + table.quoted())
                .build(Deadline.after(PATIENCE));
        try (RowCursor rows = context.rows(request)) {
            rows.next();
            return table + " has " + rows.getLong(0) + " rows";
        }
    }

    private static TableName tableOf(Map<String, String> arguments) {
        String table = arguments.getOrDefault("table", "");
        try {
            return TableName.parse(table);
        } catch (IllegalArgumentException e) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "row-count: argument 'table' is '" + table + "', expected for example table=main.default.orders",
                    e);
        }
    }
}
