package io.lakeport.warehouse.jdbc;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Turns the driver's exceptions into errors. Databricks' own message is kept; the statement, which the driver puts in
 * front of it, and the quotation of it behind, are not.
 */
final class JdbcFailures {
    private static final int LONGEST_MESSAGE = 2_000;
    private static final String SERVER_SAID = "Error Message: ";
    private static final String QUOTATION = "== SQL";
    private static final Pattern TAIL = Pattern.compile("[\\s,]*Error code: \\w+\\s*$");
    private static final List<String> TOKEN_REFUSED =
            List.of("401", "UNAUTHENTICATED", "INVALID ACCESS TOKEN", "INVALID TOKEN", "TOKEN IS EXPIRED");

    private JdbcFailures() {}

    /**
     * Returns the error for a connection that could not be opened.
     *
     * @param token never shown, whatever the driver says
     */
    static LakeportException connecting(SQLException failure, String host, String token) {
        String all = messages(failure).toUpperCase(Locale.ROOT);
        String said = cut(clean(failure, "").replace(token, "[redacted]"));
        return new LakeportException(
                connectCode(all), "the driver could not open a session on " + host + ": " + said, cause(failure, said));
    }

    private static CoreError connectCode(String said) {
        if (TOKEN_REFUSED.stream().anyMatch(said::contains)) {
            return CoreError.TOKEN_REJECTED;
        }
        if (said.contains("403") || said.contains("PERMISSION_DENIED")) {
            return CoreError.ACCESS_DENIED;
        }
        if (said.contains("404") || said.contains("RESOURCE_DOES_NOT_EXIST") || said.contains("NOT_FOUND")) {
            return CoreError.OBJECT_NOT_FOUND;
        }
        if (said.contains("429")) {
            return CoreError.RATE_LIMITED;
        }
        return said.contains("503") ? CoreError.WAREHOUSE_UNAVAILABLE : CoreError.HOST_UNREACHABLE;
    }

    private static String messages(SQLException failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable e = failure; e != null && all.length() < LONGEST_MESSAGE; e = e.getCause()) {
            all.append(e.getMessage()).append('\n');
        }
        return all.toString();
    }

    /** Returns the error for a statement that did not succeed. */
    static LakeportException running(SQLException failure, String sql) {
        String said = cut(clean(failure, sql));
        CoreError code = code(String.valueOf(failure.getSQLState()), said);
        String what = code == CoreError.STATEMENT_OUTCOME_UNKNOWN
                ? "the answer to the statement was lost, and it may have run; look it up by its tag before running it"
                        + " again"
                : "the statement failed";
        return new LakeportException(code, what + ": " + said, cause(failure, said));
    }

    private static CoreError code(String state, String said) {
        if (state.equals("42601") || said.contains("PARSE_SYNTAX_ERROR")) {
            return CoreError.SQL_SYNTAX;
        }
        if (state.equals("42501") || said.contains("PERMISSION_DENIED") || said.contains("INSUFFICIENT_P")) {
            return CoreError.ACCESS_DENIED;
        }
        if (state.equals("42P01") || state.equals("42704") || said.contains("_NOT_FOUND]")) {
            return CoreError.OBJECT_NOT_FOUND;
        }
        if (state.equals("57014") || state.equals("HY008") || said.contains("CANCELED")) {
            return CoreError.STATEMENT_CANCELLED;
        }
        if (state.startsWith("28")) {
            return CoreError.TOKEN_REJECTED;
        }
        return state.startsWith("08") ? CoreError.STATEMENT_OUTCOME_UNKNOWN : CoreError.STATEMENT_FAILED;
    }

    /** Returns the error for rows that could not be read. */
    static LakeportException reading(SQLException failure, String sql) {
        String said = cut(clean(failure, sql));
        return new LakeportException(
                CoreError.SERVICE_UNAVAILABLE,
                "the driver could not read on in the result: " + said,
                cause(failure, said));
    }

    private static String clean(SQLException failure, String sql) {
        String text = String.valueOf(failure.getMessage());
        int server = text.indexOf(SERVER_SAID);
        if (server >= 0) {
            text = text.substring(server + SERVER_SAID.length());
        }
        int quotation = text.indexOf(QUOTATION);
        if (quotation >= 0) {
            text = text.substring(0, quotation);
        }
        text = TAIL.matcher(text).replaceFirst("");
        return (sql.isBlank() || server >= 0 ? text : text.replace(sql, "[the statement]")).strip();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + " …";
    }

    /** The driver's exception holds the statement; what stands in its place has its trace and nothing of its text. */
    private static SQLException cause(SQLException failure, String said) {
        SQLException safe = new SQLException(said, failure.getSQLState(), failure.getErrorCode());
        safe.setStackTrace(failure.getStackTrace());
        return safe;
    }
}
