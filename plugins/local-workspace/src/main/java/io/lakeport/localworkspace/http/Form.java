package io.lakeport.localworkspace.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The body of a form post.
 *
 * @param encoded body as application/x-www-form-urlencoded
 */
public record Form(String encoded) {
    /** Reads the body of a request. */
    public static Form read(Exchange exchange) throws IOException {
        return new Form(new String(exchange.body(), StandardCharsets.UTF_8));
    }

    /** Returns the first value of a field, decoded; empty when it is missing or empty. */
    public Optional<String> value(String name) {
        return JdkExchange.form(encoded, name).filter(value -> !value.isEmpty());
    }

    /** Returns no field, since forms carry secrets. */
    @Override
    public String toString() {
        return "Form[redacted]";
    }
}
