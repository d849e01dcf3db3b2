package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.auth.Principal;
import java.util.Optional;
import java.util.OptionalInt;

/** What is planned to go wrong with Thrift calls. Implementations are thread-safe. */
@FunctionalInterface
public interface ThriftFaults {
    /** Nothing goes wrong. */
    ThriftFaults NONE = (method, sql, principal, userAgent) -> Optional.empty();

    /**
     * How a call fails.
     *
     * @param fault id of the plan
     * @param exceptionType type of a TApplicationException; empty for a status
     * @param statusCode TStatusCode
     * @param sqlState SQLSTATE of the status
     * @param message text for the client
     */
    record Failure(String fault, OptionalInt exceptionType, int statusCode, String sqlState, String message) {}

    /**
     * Returns how a call fails.
     *
     * @param sql the statement of an ExecuteStatement call, empty for other calls
     */
    Optional<Failure> onCall(String method, String sql, Principal principal, String userAgent);
}
