package io.lakeport.core.auth;

import static io.lakeport.core.error.ErrorCategory.INVALID_REQUEST;
import static io.lakeport.core.error.ErrorCategory.PERMISSION_DENIED;
import static io.lakeport.core.error.ErrorCategory.UNAUTHENTICATED;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.ErrorCode;
import io.lakeport.core.error.ErrorCodeSupplier;

/**
 * Why a sign-in does not work, as far as the other side lets it be told apart. A wrong id, a wrong secret and an expired
 * secret have codes of the core: {@code WRONG_CLIENT_ID}, {@code WRONG_SECRET}, {@code EXPIRED_SECRET}.
 */
public enum SignInError implements ErrorCodeSupplier {
    /** The token's end has passed. */
    TOKEN_EXPIRED(UNAUTHENTICATED),
    /** The token is this workspace's and has not ended, and is refused nevertheless. */
    TOKEN_REVOKED(UNAUTHENTICATED),
    /** The token was issued for something else: another workspace, another account, another resource. */
    WRONG_AUDIENCE(UNAUTHENTICATED),
    /** No federation policy fits the token that was offered. */
    FEDERATION_MISMATCH(UNAUTHENTICATED),
    /** The user or service principal is deactivated or gone. */
    IDENTITY_INACTIVE(UNAUTHENTICATED),
    /** The clocks of this machine and of the other side differ by more than a signature allows. */
    CLOCK_SKEW(UNAUTHENTICATED),
    /** The identity is of the account but not assigned to the workspace. */
    NOT_IN_WORKSPACE(PERMISSION_DENIED),
    /** An IP access list does not hold this machine's address. */
    ADDRESS_DENIED(PERMISSION_DENIED),
    /** The sign-in is good; an entitlement or right is missing. */
    RIGHT_MISSING(PERMISSION_DENIED),
    /** A scope that the flow, the application or the call does not have. */
    WRONG_SCOPE(INVALID_REQUEST),
    /** There is no such directory (Microsoft Entra tenant) or account. */
    UNKNOWN_DIRECTORY(INVALID_REQUEST),
    /** The machine has no managed identity, or not this one. */
    NO_MANAGED_IDENTITY(INVALID_REQUEST),

    /** A connection with per-user credentials was used without saying for which user. */
    USER_NOT_NAMED(INVALID_REQUEST),
    /** The user has not signed in to this connection, or was signed out. */
    USER_NOT_SIGNED_IN(UNAUTHENTICATED),
    /** A callback whose state nobody started: forged, or from long ago. */
    SIGN_IN_UNKNOWN(INVALID_REQUEST),
    /** A callback that came before. */
    SIGN_IN_REPLAYED(INVALID_REQUEST),
    /** The user took longer than a start is kept. */
    SIGN_IN_EXPIRED(INVALID_REQUEST),
    /** A callback that another user started, or that carries what our start did not ask for. */
    SIGN_IN_FORGED(UNAUTHENTICATED),
    /** The user or an admin said no. */
    SIGN_IN_DENIED(PERMISSION_DENIED);

    private final ErrorCode code;

    SignInError(ErrorCategory category) {
        this.code = new ErrorCode(name(), category);
    }

    @Override
    public ErrorCode toErrorCode() {
        return code;
    }
}
