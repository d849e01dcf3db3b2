package io.lakeport.core.error;

/** What a caller can do about an error. The set is closed; codes inside a category are open. */
public enum ErrorCategory {
    /** The call can never succeed as it is: fix the argument, the SQL or the configuration. */
    INVALID_REQUEST,
    /** The workspace does not accept the credential. */
    UNAUTHENTICATED,
    /** The credential is good and lacks a right, or the tenant's scope forbids it. */
    PERMISSION_DENIED,
    /** The named thing does not exist, or is not visible to this identity. */
    NOT_FOUND,
    /** The state of the target forbids it, for example an object that exists already. */
    CONFLICT,
    /** The adapter did not declare this capability. */
    NOT_SUPPORTED,
    /** A quota, a rate limit or a memory budget is used up; later it may succeed. */
    RESOURCE_EXHAUSTED,
    /** The remote side cannot be reached or answers that it cannot serve now; later it may succeed. */
    UNAVAILABLE,
    /** The caller's deadline passed; what was running has been ended. */
    DEADLINE_EXCEEDED,
    /** The caller cancelled, or the thread was interrupted. */
    CANCELLED,
    /** A write may or may not have happened. Never retried blindly: look it up first. */
    OUTCOME_UNKNOWN,
    /** A defect of Lakeport or a broken promise of the other side. */
    INTERNAL;

    /** Returns whether the one retry layer may repeat a call that failed this way. */
    public boolean isRetryable() {
        return this == UNAVAILABLE || this == RESOURCE_EXHAUSTED;
    }
}
