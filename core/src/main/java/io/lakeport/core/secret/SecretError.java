package io.lakeport.core.secret;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.ErrorCode;
import io.lakeport.core.error.ErrorCodeSupplier;

/** The errors of secret vaults and of the keys behind them. None holds a secret or a key. */
public enum SecretError implements ErrorCodeSupplier {
    /** There is no sealed secret of that reference, and no trace that there was. */
    SECRET_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** It was destroyed; nothing can bring it back. */
    SECRET_DESTROYED(ErrorCategory.NOT_FOUND),
    /** Sealed bytes were changed, or belong to another tenant or name. */
    SECRET_DAMAGED(ErrorCategory.INTERNAL),
    /** Sealed bytes end too early. */
    SECRET_TRUNCATED(ErrorCategory.INTERNAL),
    /** The master key under which a data key is wrapped is not among the keys that are there. */
    MASTER_KEY_UNKNOWN(ErrorCategory.INVALID_REQUEST),
    /** A key of the right id is there and does not open what was wrapped under that id. */
    MASTER_KEY_WRONG(ErrorCategory.INVALID_REQUEST),
    /** Key file or variable is not there. */
    MASTER_KEY_MISSING(ErrorCategory.INVALID_REQUEST),
    /** Key material that is not a key, or a key file that others may read. */
    MASTER_KEY_UNUSABLE(ErrorCategory.INVALID_REQUEST),
    /** The key service cannot be reached, or refuses for now. */
    KEY_SERVICE_UNAVAILABLE(ErrorCategory.UNAVAILABLE),
    /** The key service does not let this identity use the key. */
    KEY_SERVICE_DENIED(ErrorCategory.PERMISSION_DENIED);

    private final ErrorCode code;

    SecretError(ErrorCategory category) {
        this.code = new ErrorCode(name(), category);
    }

    @Override
    public ErrorCode toErrorCode() {
        return code;
    }
}
