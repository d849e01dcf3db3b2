package io.lakeport.audit.sdk;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.time.Deadline;
import org.jspecify.annotations.Nullable;

/** One call of the SDK, which carries neither deadline nor token through its own methods. Confined to one thread. */
final class SdkCall {
    private final String what;
    private final Deadline deadline;
    private @Nullable AccessToken token;

    /**
     * Creates a call.
     *
     * @param what what is done, for messages: tenant, action, host
     */
    SdkCall(String what, Deadline deadline) {
        this.what = what;
        this.deadline = deadline;
    }

    String what() {
        return what;
    }

    Deadline deadline() {
        return deadline;
    }

    /** Returns the token that the request carried, null before it was asked for. */
    @Nullable
    AccessToken token() {
        return token;
    }

    void used(AccessToken given) {
        token = given;
    }
}
