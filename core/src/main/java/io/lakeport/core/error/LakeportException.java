package io.lakeport.core.error;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of Lakeport. Its message names the thing, the place, what was expected and the next step; its
 * context holds ids (statement, tenant, warehouse, path), never SQL text, parameters or tokens.
 */
public final class LakeportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final transient Map<String, String> context;
    private final @Nullable Duration retryAfter;

    /** Creates an error without a cause. */
    public LakeportException(ErrorCodeSupplier code, String message) {
        this(code, message, null);
    }

    /** Creates an error with the failure that led to it. */
    public LakeportException(ErrorCodeSupplier code, String message, @Nullable Throwable cause) {
        this(code.toErrorCode(), message, cause, Map.of(), null);
    }

    private LakeportException(
            ErrorCode code,
            String message,
            @Nullable Throwable cause,
            Map<String, String> context,
            @Nullable Duration retryAfter) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.code = code;
        this.context = context;
        this.retryAfter = retryAfter;
    }

    /** Returns a copy that also carries an id, for example {@code statement_id}. */
    public LakeportException with(String key, String id) {
        Map<String, String> more = new LinkedHashMap<>(context);
        more.put(key, id);
        return copy(Map.copyOf(more), retryAfter);
    }

    /** Returns a copy that carries how long the other side asked to wait; {@code wait} is not negative. */
    public LakeportException withRetryAfter(Duration wait) {
        return copy(context, wait);
    }

    private LakeportException copy(Map<String, String> ids, @Nullable Duration wait) {
        LakeportException copy = new LakeportException(code, getMessage(), getCause(), ids, wait);
        copy.setStackTrace(getStackTrace());
        for (Throwable suppressed : getSuppressed()) {
            copy.addSuppressed(suppressed);
        }
        return copy;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Returns the code. */
    public ErrorCode code() {
        return code;
    }

    /** Returns the category of the code. */
    public ErrorCategory category() {
        return code.category();
    }

    /** Returns whether this error has the given code. */
    public boolean is(ErrorCodeSupplier other) {
        return code.equals(other.toErrorCode());
    }

    /** Returns ids that locate the error; never null, unmodifiable. */
    public Map<String, String> context() {
        return context;
    }

    /** Returns how long the other side asked to wait before another try, if it did. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
