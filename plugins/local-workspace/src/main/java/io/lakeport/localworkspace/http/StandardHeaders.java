package io.lakeport.localworkspace.http;

import java.util.Optional;
import java.util.UUID;

/**
 * Adds the headers that every answer of the service carries; answers of its object storage carry those of S3.
 *
 * @param organization id of the workspace
 */
public record StandardHeaders(String organization) implements Gate {
    @Override
    public Optional<Exchange> admit(Exchange exchange) {
        // The audit log may have given the request its id already.
        String id = exchange.header("x-request-id")
                .orElseGet(() -> UUID.randomUUID().toString());
        if (exchange.path().startsWith("/cloudfetch/")) {
            exchange.addHeader("x-amz-request-id", id);
        } else {
            exchange.addHeader("x-request-id", id);
            exchange.addHeader("x-databricks-org-id", organization);
            exchange.addHeader("x-content-type-options", "nosniff");
            exchange.addHeader("vary", "Accept-Encoding");
        }
        return Optional.of(exchange);
    }
}
