package io.lakeport.core.intake;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.ErrorCode;
import io.lakeport.core.error.ErrorCodeSupplier;

/** The errors of a hand-over. None holds a secret. */
public enum IntakeError implements ErrorCodeSupplier {
    /** There is no intake of that id for that tenant. */
    INTAKE_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** A secret was taken in before; an intake serves once. */
    INTAKE_CONSUMED(ErrorCategory.CONFLICT),
    /** Its time has passed. */
    INTAKE_EXPIRED(ErrorCategory.CONFLICT),
    /** It was taken back. */
    INTAKE_WITHDRAWN(ErrorCategory.CONFLICT),
    /** Another host is at it. */
    INTAKE_BUSY(ErrorCategory.CONFLICT),
    /** An offer or a sealed message is not whole. */
    INTAKE_TEXT_DAMAGED(ErrorCategory.INVALID_REQUEST),
    /** What is sealed does not open: it was changed, or sealed for another intake. */
    INTAKE_NOT_OPENED(ErrorCategory.INVALID_REQUEST),
    /** What was given cannot be a secret as it stands. */
    INTAKE_SECRET_MALFORMED(ErrorCategory.INVALID_REQUEST),
    /** The tenant does not sign in with a secret of that name, so that it could not be tried. */
    INTAKE_NOT_USED(ErrorCategory.INVALID_REQUEST);

    private final ErrorCode code;

    IntakeError(ErrorCategory category) {
        this.code = new ErrorCode(name(), category);
    }

    @Override
    public ErrorCode toErrorCode() {
        return code;
    }
}
