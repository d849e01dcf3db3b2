package io.lakeport.core.tenancy;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.ErrorCode;
import io.lakeport.core.error.ErrorCodeSupplier;

/** The errors of the life of tenants. */
public enum TenancyError implements ErrorCodeSupplier {
    /** Someone suspended it. */
    TENANT_SUSPENDED(ErrorCategory.PERMISSION_DENIED),
    /** It is deleted, or about to be. */
    TENANT_DELETED(ErrorCategory.NOT_FOUND),
    /** There is a tenant of that id, or there was one. */
    TENANT_EXISTS(ErrorCategory.CONFLICT),
    /** Someone else changed it since it was read, or is deleting it now. */
    TENANT_CHANGED(ErrorCategory.CONFLICT),
    /** It stands in the configuration file, and only there can it be changed. */
    TENANT_FIXED(ErrorCategory.INVALID_REQUEST),
    /** Its state does not allow that step. */
    TENANT_STATE(ErrorCategory.CONFLICT),
    /** Whoever asks has no role that may. */
    TENANT_ROLE_MISSING(ErrorCategory.PERMISSION_DENIED),
    /** It has used up what it may use. */
    BUDGET_EXHAUSTED(ErrorCategory.RESOURCE_EXHAUSTED),
    /** A deletion proof does not say what was done. */
    PROOF_BROKEN(ErrorCategory.CONFLICT);

    private final ErrorCode code;

    TenancyError(ErrorCategory category) {
        this.code = new ErrorCode(name(), category);
    }

    @Override
    public ErrorCode toErrorCode() {
        return code;
    }
}
