package io.lakeport.localworkspace.http;

import java.time.Instant;

/**
 * One request, logged before its answer is sent. Holds no header but the User-Agent, no body and no query, so no
 * credential and no signature.
 *
 * @param at when it arrived
 * @param method its method
 * @param path its path without the query
 * @param status HTTP status of the answer, 499 when the client left before it
 * @param userAgent its User-Agent, empty when it sent none
 * @param authorized whether it carried an Authorization header
 * @param millis time to the first byte of the answer
 */
public record LoggedRequest(
        Instant at, String method, String path, int status, String userAgent, boolean authorized, long millis) {}
