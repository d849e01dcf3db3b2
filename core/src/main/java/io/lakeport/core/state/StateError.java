package io.lakeport.core.state;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.ErrorCode;
import io.lakeport.core.error.ErrorCodeSupplier;

/** The errors of state stores. */
public enum StateError implements ErrorCodeSupplier {
    /** A document is not at the revision that the batch expects; nothing of the batch was applied. */
    STATE_CONFLICT(ErrorCategory.CONFLICT),
    /** The lease that a batch requires has ended or is someone else's; nothing of the batch was applied. */
    LEASE_LOST(ErrorCategory.CONFLICT),
    /** The store cannot be reached, or someone else holds it for too long; nothing was applied. */
    STATE_UNAVAILABLE(ErrorCategory.UNAVAILABLE),
    /** The answer to a commit was lost, and the store stayed out of reach: applying the same batch again is safe. */
    STATE_OUTCOME_UNKNOWN(ErrorCategory.OUTCOME_UNKNOWN),
    /** The database was made by a newer version of Lakeport, or one that must be migrated first. */
    STATE_VERSION(ErrorCategory.INVALID_REQUEST),
    /** The database or a backup is not what was written. */
    STATE_DAMAGED(ErrorCategory.INTERNAL),
    /** A backup is to go where something is, or a restore where documents are. */
    STATE_NOT_EMPTY(ErrorCategory.CONFLICT);

    private final ErrorCode code;

    StateError(ErrorCategory category) {
        this.code = new ErrorCode(name(), category);
    }

    @Override
    public ErrorCode toErrorCode() {
        return code;
    }
}
