package io.lakeport.core.network;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An answer of a web server.
 *
 * @param status status code
 * @param contentType its type, empty text when it tells none
 * @param date the server's time
 * @param location where a redirect leads
 * @param server what the server calls itself, empty text when it does not
 * @param body the first 16 KB of it as text
 */
public record WebAnswer(
        int status, String contentType, Optional<Instant> date, Optional<String> location, String server, String body) {
    public WebAnswer {
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(date, "date");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(body, "body");
    }

    /** Returns whether it is a page for people. */
    public boolean isPage() {
        return contentType.contains("html") || body.stripLeading().startsWith("<");
    }
}
