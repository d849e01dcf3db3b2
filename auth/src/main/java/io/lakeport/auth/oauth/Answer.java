package io.lakeport.auth.oauth;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/**
 * An HTTP answer, whole.
 *
 * @param status status code
 * @param headers its headers
 * @param body its body as text, at most {@link BoundedBody#LIMIT} bytes of it
 */
record Answer(int status, HttpHeaders headers, String body) {
    /** Returns how long the server asked to wait, where it said so in seconds. */
    Optional<Duration> retryAfter() {
        return headers.firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    boolean isHtml() {
        String start = body.stripLeading();
        return headers.firstValue("Content-Type").orElse("").contains("html") || start.startsWith("<");
    }
}
