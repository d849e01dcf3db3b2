package io.lakeport.localworkspace.http;

import java.io.IOException;
import java.util.Optional;

/**
 * Looks at every request before it is routed: an IP access list, a planned fault. Thread-safe.
 */
@FunctionalInterface
public interface Gate {
    /**
     * Lets a request pass.
     *
     * @return the exchange to go on with, this one or one that treats the answer otherwise; empty when the gate has
     *     answered the request itself, or has left it without an answer on purpose
     * @throws ApiException when the request is to be refused with this error
     */
    Optional<Exchange> admit(Exchange exchange) throws IOException;
}
