package io.lakeport.warehouse.sea;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.warehouse.http.ApiErrors;
import java.util.List;

/**
 * Turns a statement that ended badly into an error. Databricks' own message is kept: it is the only thing that tells
 * the person who wrote the SQL what is wrong with it.
 */
final class StatementFailures {
    private static final List<String> MISSING = List.of(
            "TABLE_OR_VIEW_NOT_FOUND",
            "SCHEMA_NOT_FOUND",
            "CATALOG_NOT_FOUND",
            "NO_SUCH_CATALOG",
            "VOLUME_NOT_FOUND",
            "VOLUME_DOES_NOT_EXIST",
            "PATH_NOT_FOUND",
            "ROUTINE_NOT_FOUND",
            "DELTA_TABLE_NOT_FOUND");
    private static final List<String> DENIED =
            List.of("PERMISSION_DENIED", "INSUFFICIENT_PERMISSIONS", "INSUFFICIENT_PRIVILEGES", "UNAUTHORIZED_ACCESS");

    private StatementFailures() {}

    static LakeportException of(StatementAnswer answer) {
        StatementAnswer.Failure failure = answer.error();
        if (answer.state() == StatementAnswer.State.CANCELED) {
            return new LakeportException(
                            CoreError.STATEMENT_CANCELLED,
                            "the statement was cancelled on the server" + detail(failure))
                    .with("statement_id", answer.id().value());
        }
        return new LakeportException(kind(failure), "the statement failed" + detail(failure))
                .with("statement_id", answer.id().value());
    }

    private static String detail(StatementAnswer.Failure failure) {
        String text = ApiErrors.cut(failure.message());
        return text.isEmpty() ? " " + failure.code() : ": " + text;
    }

    private static CoreError kind(StatementAnswer.Failure failure) {
        String message = failure.message();
        String state = failure.sqlState();
        if (message.contains("PARSE_SYNTAX_ERROR") || message.contains("[PARSE_") || state.equals("42601")) {
            return CoreError.SQL_SYNTAX;
        }
        if (named(message, DENIED) || state.equals("42501")) {
            return CoreError.ACCESS_DENIED;
        }
        if (named(message, MISSING) || state.equals("42P01") || state.equals("42704")) {
            return CoreError.OBJECT_NOT_FOUND;
        }
        return byCode(failure.code());
    }

    private static boolean named(String message, List<String> classes) {
        // The class stands in brackets at the front; a quoted statement further on may hold any word.
        String front = message.substring(0, Math.min(message.length(), 200));
        return classes.stream().anyMatch(front::contains);
    }

    private static CoreError byCode(String code) {
        return switch (code) {
            case "TEMPORARILY_UNAVAILABLE", "WORKSPACE_TEMPORARILY_UNAVAILABLE", "SERVICE_UNDER_MAINTENANCE" ->
                CoreError.WAREHOUSE_UNAVAILABLE;
            case "RESOURCE_EXHAUSTED" -> CoreError.RATE_LIMITED;
            case "DEADLINE_EXCEEDED" -> CoreError.DEADLINE_EXCEEDED;
            case "CANCELLED", "ABORTED" -> CoreError.STATEMENT_CANCELLED;
            case "NOT_FOUND" -> CoreError.OBJECT_NOT_FOUND;
            case "UNAUTHENTICATED" -> CoreError.TOKEN_REJECTED;
            default -> CoreError.STATEMENT_FAILED;
        };
    }
}
