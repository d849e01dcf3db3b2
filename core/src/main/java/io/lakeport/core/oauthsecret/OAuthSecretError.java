package io.lakeport.core.oauthsecret;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.ErrorCode;
import io.lakeport.core.error.ErrorCodeSupplier;

/** The errors of issuing secrets and of rotating them. */
public enum OAuthSecretError implements ErrorCodeSupplier {
    /** The answer to a creation was lost: there may be a secret more, whose value nobody knows. */
    CREATION_UNKNOWN(ErrorCategory.OUTCOME_UNKNOWN),
    /** The service principal has as many secrets as it can, and none of them may be deleted unasked. */
    SECRETS_FULL(ErrorCategory.CONFLICT),
    /** The credential is none that can be rotated, or is not kept where a rotation can change it. */
    NOT_ROTATABLE(ErrorCategory.INVALID_REQUEST),
    /** The new secret was refused, and the old one serves on. */
    ROTATION_UNDONE(ErrorCategory.CONFLICT);

    private final ErrorCode code;

    OAuthSecretError(ErrorCategory category) {
        this.code = new ErrorCode(name(), category);
    }

    @Override
    public ErrorCode toErrorCode() {
        return code;
    }
}
