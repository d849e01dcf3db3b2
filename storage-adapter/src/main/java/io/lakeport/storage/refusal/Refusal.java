package io.lakeport.storage.refusal;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCodeSupplier;
import io.lakeport.core.error.LakeportException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a server that is no success.
 *
 * @param where what the request was about, for messages, for example {@code 's3://bucket/key'}
 * @param status HTTP status
 * @param said status and the server's own code, for messages; never its message, which may repeat the request
 * @param retryAfter the header of that name, empty when it is absent
 * @param needs which permission is needed, for messages
 * @param writes whether the request writes
 * @param cause what was thrown, if anything
 */
public record Refusal(
        String where,
        int status,
        String said,
        Optional<Duration> retryAfter,
        String needs,
        boolean writes,
        @Nullable Throwable cause) {
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;
    private static final String STATUS = "http_status";

    public Refusal {
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(said, "said");
        Objects.requireNonNull(retryAfter, "retryAfter");
        Objects.requireNonNull(needs, "needs");
    }

    /** Reads a Retry-After header; dates, which no store of ours sends, are ignored. */
    public static Optional<Duration> seconds(Optional<String> header) {
        return header.filter(text -> text.matches("\\d{1,6}")).map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /** Returns the error that the status stands for. */
    public LakeportException toError() {
        return switch (status) {
            case 401, 403 ->
                error(
                        writes ? CoreError.TARGET_NOT_WRITABLE : CoreError.ACCESS_DENIED,
                        "is refused to these credentials; they need " + needs);
            case 404 -> error(CoreError.OBJECT_NOT_FOUND, "does not exist");
            case 412 -> error(CoreError.OBJECT_EXISTS, "exists already and must not be replaced");
            // 409 is another write in flight, 408 a body that came too slowly: both pass.
            case 408, 409 -> error(CoreError.SERVICE_UNAVAILABLE, "could not be done now");
            case TOO_MANY -> busy();
            case 501 -> error(CoreError.NOT_SUPPORTED, "the store cannot do that");
            default ->
                status >= SERVER
                        ? waiting(error(CoreError.SERVICE_UNAVAILABLE, "could not be done now"))
                        : error(CoreError.INVALID_ARGUMENT, "the store refused the request");
        };
    }

    /** Returns the error for a server that asks to slow down, whatever its status. */
    public LakeportException busy() {
        return waiting(error(CoreError.RATE_LIMITED, "the store asks to slow down"));
    }

    /** Returns an error of that code and text about this answer. */
    public LakeportException error(ErrorCodeSupplier code, String text) {
        return new LakeportException(code, where + ": " + text + " (" + said + ")", cause)
                .with(STATUS, String.valueOf(status));
    }

    /** Returns whether the server said no, so that the request did nothing. */
    public static boolean isDefinite(LakeportException e) {
        String status = e.context().get(STATUS);
        return status != null && Integer.parseInt(status) < SERVER;
    }

    private LakeportException waiting(LakeportException error) {
        return retryAfter.map(error::withRetryAfter).orElse(error);
    }
}
