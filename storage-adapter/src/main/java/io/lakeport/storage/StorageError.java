package io.lakeport.storage;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.ErrorCode;
import io.lakeport.core.error.ErrorCodeSupplier;

/** The errors that only stores know. */
public enum StorageError implements ErrorCodeSupplier {
    /** The store did not answer a commit, and does not show the object; it may still appear. */
    WRITE_OUTCOME_UNKNOWN(ErrorCategory.OUTCOME_UNKNOWN),
    /** The object was replaced while it was read, and its old content is gone. */
    OBJECT_CHANGED(ErrorCategory.CONFLICT),
    /** Another writer made the same object meanwhile, and the store dropped what was sent of this one. */
    WRITE_OVERTAKEN(ErrorCategory.CONFLICT);

    private final ErrorCode code;

    StorageError(ErrorCategory category) {
        this.code = new ErrorCode(name(), category);
    }

    @Override
    public ErrorCode toErrorCode() {
        return code;
    }
}
