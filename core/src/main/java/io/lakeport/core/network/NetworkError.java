package io.lakeport.core.network;

import static io.lakeport.core.error.ErrorCategory.UNAVAILABLE;

import io.lakeport.core.error.ErrorCode;
import io.lakeport.core.error.ErrorCodeSupplier;

/** Why a server cannot be reached, step by step of the road. */
public enum NetworkError implements ErrorCodeSupplier {
    NAME_UNKNOWN,
    CONNECTION_REFUSED,
    /** Nothing came back at all: a firewall that drops, or a machine that is off. */
    CONNECTION_TIMED_OUT,
    NO_ROUTE,
    CONNECTION_BROKEN,
    PROXY_UNREACHABLE,
    /** The proxy wants a user and password (407). */
    PROXY_WANTS_SIGN_IN,
    PROXY_REFUSED,
    /** The server has no TLS version above 1.1. */
    TLS_TOO_OLD,
    /** The port speaks something else than TLS. */
    NOT_TLS,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_NOT_YET_VALID,
    /** Nobody whom this JVM trusts vouches for it. */
    CERTIFICATE_UNTRUSTED,
    /** It is signed by itself. */
    CERTIFICATE_SELF_SIGNED,
    /** It is for other names. */
    CERTIFICATE_WRONG_NAME,
    HANDSHAKE_FAILED,
    /** The port speaks something else than HTTP. */
    NOT_HTTP;

    private final ErrorCode code = new ErrorCode(name(), UNAVAILABLE);

    @Override
    public ErrorCode toErrorCode() {
        return code;
    }
}
