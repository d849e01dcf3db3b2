package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.http.Exchange;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a statement came from.
 *
 * @param userAgent the client's User-Agent, empty when it sent none
 * @param remoteAddress the client's address in numbers
 * @param requestId id of the request that brought it
 * @param base scheme and authority under which the client reached the workspace
 * @param task the job task that runs it, empty for a client's own statement
 */
public record QueryOrigin(String userAgent, String remoteAddress, String requestId, String base, Optional<Task> task) {
    /**
     * A task of a job.
     *
     * @param jobId the job
     * @param runId its run
     * @param taskRunId the task's run
     * @param queryId the saved query, empty for none
     */
    public record Task(String jobId, String runId, String taskRunId, Optional<String> queryId) {}

    /** Returns the origin of a request. */
    public static QueryOrigin of(Exchange exchange) {
        return new QueryOrigin(
                exchange.header("User-Agent").orElse(""),
                exchange.remoteAddress(),
                exchange.header("X-Request-Id")
                        .orElseGet(() -> UUID.randomUUID().toString()),
                exchange.base(),
                Optional.empty());
    }

    /** Returns the name of the connector that this User-Agent is of, as the query history writes it. */
    public Optional<String> driver() {
        if (userAgent.contains("DatabricksJDBCDriver")) {
            return Optional.of("Databricks JDBC Driver");
        }
        if (userAgent.contains("NodejsDatabricksSqlConnector")) {
            return Optional.of("Databricks SQL Driver for Node.js");
        }
        if (userAgent.contains("PyDatabricksSqlConnector")) {
            return Optional.of("Databricks SQL Connector for Python");
        }
        if (userAgent.contains("godatabrickssqlconnector")) {
            return Optional.of("Databricks SQL Driver for Go");
        }
        return userAgent.contains("ODBC") ? Optional.of("Databricks ODBC Driver") : Optional.empty();
    }
}
