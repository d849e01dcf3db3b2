package io.lakeport.localworkspace.http;

import java.time.Instant;

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
        String fault) {}
