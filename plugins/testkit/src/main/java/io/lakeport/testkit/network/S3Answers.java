package io.lakeport.testkit.network;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What Amazon S3 answers when it does not serve a request. Words: Amazon S3 API Reference, "Error responses". */
public final class S3Answers {
    private S3Answers() {}

    /** 503 SlowDown: the prefix takes more requests than S3 has partitions for. */
    public static FaultyRoad.Fault slowDown() {
        return error(503, "SlowDown", "Please reduce your request rate.", "");
    }

    /** 503 SlowDown that says when to come back; Amazon leaves that out, other servers do not. */
    public static FaultyRoad.Fault slowDown(int retryAfterSeconds) {
        return error(503, "SlowDown", "Please reduce your request rate.", "Retry-After: " + retryAfterSeconds + "\r\n");
    }

    /** 429 as a gateway before the store gives it, without a body that names a code. */
    public static FaultyRoad.Fault tooManyRequests() {
        return FaultyRoad.answer(429, "", "");
    }

    /** 500 InternalError. */
    public static FaultyRoad.Fault internalError() {
        return error(500, "InternalError", "We encountered an internal error. Please try again.", "");
    }

    /** 503 ServiceUnavailable. */
    public static FaultyRoad.Fault serviceUnavailable() {
        return error(503, "ServiceUnavailable", "Service is unable to handle request.", "");
    }

    /** 403 RequestTimeTooSkewed of a server whose clock shows {@code serverTime}. */
    public static FaultyRoad.Fault requestTimeTooSkewed(Instant serverTime) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(serverTime.atOffset(ZoneOffset.UTC));
        return error(
                403,
                "RequestTimeTooSkewed",
                "The difference between the request time and the server's time is too large.",
                "Date: " + date + "\r\n");
    }

    /** 403 AccessDenied. */
    public static FaultyRoad.Fault accessDenied() {
        return error(403, "AccessDenied", "Access Denied", "");
    }

    private static FaultyRoad.Fault error(int status, String code, String message, String headers) {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                + "</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>";
        return FaultyRoad.answer(status, "Content-Type: application/xml\r\n" + headers, body);
    }
}
