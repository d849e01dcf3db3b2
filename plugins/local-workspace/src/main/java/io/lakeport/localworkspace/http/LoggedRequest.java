package io.lakeport.localworkspace.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * One request, logged before its answer is sent. Holds no header but the User-Agent, no body and no query, so no
 * credential and no signature.
 *
 * @param at when it arrived
 * @param method its method
 * @param path its path without the query
 * @param status HTTP status of the answer, 499 when the client left before it, 444 when a fault ended the connection
 * @param userAgent its User-Agent, empty when it sent none
 * @param authorized whether it carried an Authorization header
 * @param millis time to the first byte of the answer
 * @param bytes length of the answer's body
 * @param principal application id of the principal, empty when nobody signed in
 * @param statementId statement that was posted or asked about, empty for none
 * @param fault planned fault that fired, empty for none
 */
public record LoggedRequest(
        Instant at,
        String method,
        String path,
        int status,
        String userAgent,
        boolean authorized,
        long millis,
        long bytes,
        String principal,
        String statementId,
        String fault) {
    /** Returns one line for people: time, status, milliseconds, bytes, request, and who and what it was. */
    public String line() {
        StringBuilder line = new StringBuilder();
        line.append(at.truncatedTo(ChronoUnit.MILLIS)).append(' ').append(status);
        line.append(String.format(Locale.ROOT, " %5d ms %9d B  ", millis, bytes));
        line.append(method).append(' ').append(printable(path));
        append(line, "principal", principal);
        append(line, "statement", statementId);
        append(line, "fault", fault);
        append(line, "agent", userAgent.isEmpty() ? "" : '"' + printable(userAgent) + '"');
        return line.toString();
    }

    private static void append(StringBuilder line, String name, String value) {
        if (!value.isEmpty()) {
            line.append(' ').append(name).append('=').append(printable(value));
        }
    }

    /** A line of the log must stay one, whatever a client sends. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    }
}
