package io.lakeport.core.auth;

import io.lakeport.core.time.Deadline;

/** Port: gives the token of one identity. Thread-safe. */
public interface TokenSource {
    /**
     * Returns a token that is good now.
     *
     * @param deadline when the call must have ended; it may fetch a token over the network
     * @throws io.lakeport.core.error.LakeportException UNAUTHENTICATED with the code that says what is wrong with the
     *     credential; UNAVAILABLE when the host cannot be reached; INVALID_REQUEST when the host is not a workspace
     */
    AccessToken token(Deadline deadline);

    /**
     * Says that the workspace refused this token, so that the next call fetches another. A token that is not the
     * current one is ignored: many callers may report the same refusal.
     */
    default void reject(AccessToken refused) {}
}
