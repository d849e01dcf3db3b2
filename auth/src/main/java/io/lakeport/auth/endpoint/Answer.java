package io.lakeport.auth.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * An HTTP answer, whole.
 *
 * @param status status code
 * @param headers its headers
 * @param body its body as text, at most {@link BoundedBody#LIMIT} bytes of it
 */
public record Answer(int status, HttpHeaders headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Below this, what a Date header and our clock differ by is the road and not the clock. */
    private static final Duration TOLERATED = Duration.ofMinutes(2);

    /** Returns how long the server asked to wait, in either form of RFC 9110: seconds or a date. */
    Optional<Duration> retryAfter(Clock clock) {
        return headers.firstValue("Retry-After").map(String::strip).flatMap(text -> {
            if (text.matches("\\d{1,6}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            // A date is the server's, so it counts from the server's own clock where the answer tells it.
            Instant now = date().orElseGet(clock::instant);
            return date(text).map(until -> now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO);
        });
    }

    /** Returns by how much the local clock is ahead of the server's; negative when behind; empty when they agree. */
    public Optional<Duration> clockAhead(Clock clock) {
        return date().map(theirs -> Duration.between(theirs, clock.instant()))
                .filter(ahead -> ahead.abs().compareTo(TOLERATED) > 0);
    }

    /** Returns the server's time. */
    public Optional<Instant> date() {
        return headers.firstValue("Date").flatMap(Answer::date);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    boolean isHtml() {
        String start = body.stripLeading();
        return headers.firstValue("Content-Type").orElse("").contains("html") || start.startsWith("<");
    }

    /** Returns the body as a JSON object, empty when it is none. */
    public Optional<JsonNode> json() {
        try {
            return Optional.of(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            // The parser's message quotes the text, which may be a token; so it is not kept.
            return Optional.empty();
        }
    }

    /** Says what came, for a message. */
    public String described() {
        return "status " + status + (isHtml() ? " and a web page" : "");
    }

    /** Returns nothing of the body, which may hold a token. */
    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
