package io.lakeport.localworkspace.http;

import java.io.IOException;

/** Answers the requests of one route. Thread-safe. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers one request.
     *
     * @throws ApiException when the answer is an error in Databricks' form
     * @throws IOException when the client went away
     */
    void handle(Exchange exchange, PathValues path) throws IOException;
}
