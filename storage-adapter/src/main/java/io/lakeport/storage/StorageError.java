package io.lakeport.storage;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.ErrorCode;
import io.lakeport.core.error.ErrorCodeSupplier;

/** The errors that only stores know. */
public enum StorageError implements ErrorCodeSupplier {
    /** The store did not answer a commit, and does not show the object; it may still appear. */
    WRITE_OUTCOME_UNKNOWN(ErrorCategory.OUTCOME_UNKNOWN);

    private final ErrorCode code;

    StorageError(ErrorCategory category) {
        this.code = new ErrorCode(name(), category);
    }

    @Override
    public ErrorCode toErrorCode() {
        return code;
    }
}
