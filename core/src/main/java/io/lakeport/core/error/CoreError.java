package io.lakeport.core.error;

import static io.lakeport.core.error.ErrorCategory.CANCELLED;
import static io.lakeport.core.error.ErrorCategory.CONFLICT;
import static io.lakeport.core.error.ErrorCategory.INVALID_REQUEST;
import static io.lakeport.core.error.ErrorCategory.NOT_FOUND;
import static io.lakeport.core.error.ErrorCategory.PERMISSION_DENIED;
import static io.lakeport.core.error.ErrorCategory.RESOURCE_EXHAUSTED;
import static io.lakeport.core.error.ErrorCategory.UNAUTHENTICATED;
import static io.lakeport.core.error.ErrorCategory.UNAVAILABLE;

/** The errors of the core and its adapters. */
public enum CoreError implements ErrorCodeSupplier {
    INVALID_ARGUMENT(INVALID_REQUEST),
    INVALID_CONFIGURATION(INVALID_REQUEST),
    UNKNOWN_TENANT(NOT_FOUND),
    /** The tenant's scope forbids it, whatever the credential could do. */
    OUT_OF_SCOPE(PERMISSION_DENIED),
    PROVIDER_MISSING(INVALID_REQUEST),
    PLUGIN_BROKEN(ErrorCategory.INTERNAL),

    WRONG_CLIENT_ID(UNAUTHENTICATED),
    WRONG_SECRET(UNAUTHENTICATED),
    EXPIRED_SECRET(UNAUTHENTICATED),
    TOKEN_REJECTED(UNAUTHENTICATED),
    NOT_A_DATABRICKS_HOST(INVALID_REQUEST),
    HOST_UNREACHABLE(UNAVAILABLE),

    ACCESS_DENIED(PERMISSION_DENIED),
    OBJECT_NOT_FOUND(NOT_FOUND),
    SQL_SYNTAX(INVALID_REQUEST),
    STATEMENT_FAILED(INVALID_REQUEST),
    STATEMENT_CANCELLED(CANCELLED),
    STATEMENT_OUTCOME_UNKNOWN(ErrorCategory.OUTCOME_UNKNOWN),
    WAREHOUSE_UNAVAILABLE(UNAVAILABLE),
    RATE_LIMITED(RESOURCE_EXHAUSTED),
    SERVICE_UNAVAILABLE(UNAVAILABLE),
    MEMORY_BUDGET_EXCEEDED(RESOURCE_EXHAUSTED),
    /** Bytes that do not match their checksum, length or manifest; fetching them again may help. */
    RESULT_CORRUPT(UNAVAILABLE),
    RESULT_EXPIRED(NOT_FOUND),
    RESULT_TRUNCATED(INVALID_REQUEST),
    /** The storage where the workspace puts results cannot be reached from this host at all. */
    STORAGE_BLOCKED(PERMISSION_DENIED),

    TARGET_NOT_WRITABLE(PERMISSION_DENIED),
    /** There is no room for what is written, at the target or where it is kept meanwhile. */
    TARGET_FULL(RESOURCE_EXHAUSTED),
    TARGET_NOT_EMPTY(CONFLICT),
    /** Another process works on the same export. */
    EXPORT_RUNNING(CONFLICT),
    OBJECT_EXISTS(CONFLICT),
    WATERMARK_UNUSABLE(INVALID_REQUEST),
    /** Rows or columns are not what a data model declares. */
    MODEL_VIOLATED(INVALID_REQUEST),
    /** A change data feed is off, or no longer tells the versions that are needed. */
    CHANGE_FEED_MISSING(INVALID_REQUEST),

    DEADLINE_EXCEEDED(ErrorCategory.DEADLINE_EXCEEDED),
    INTERRUPTED(CANCELLED),
    NOT_SUPPORTED(ErrorCategory.NOT_SUPPORTED),
    INTERNAL(ErrorCategory.INTERNAL);

    private final ErrorCode code;

    CoreError(ErrorCategory category) {
        this.code = new ErrorCode(name(), category);
    }

    @Override
    public ErrorCode toErrorCode() {
        return code;
    }
}
