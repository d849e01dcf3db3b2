package io.lakeport.storage.refusal;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;

/** Requests that no answer came to. */
public final class NoAnswer {
    private NoAnswer() {}

    /**
     * Returns the error; an interrupt is restored.
     *
     * @param where what the request was about, for messages
     * @param server base URL of the server, without secrets
     * @param late whether the time ran out
     */
    public static LakeportException of(String where, String server, boolean late, Throwable e) {
        if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
            Thread.currentThread().interrupt();
            return new LakeportException(CoreError.INTERRUPTED, "the request for " + where + " was interrupted", e);
        }
        if (isUnreachable(e)) {
            return new LakeportException(
                    CoreError.HOST_UNREACHABLE,
                    server + " cannot be reached for " + where + "; check the endpoint, DNS and the firewall",
                    e);
        }
        String what = late || e instanceof HttpTimeoutException ? "did not answer in time" : "broke the connection";
        return new LakeportException(CoreError.SERVICE_UNAVAILABLE, where + ": " + server + " " + what, e);
    }

    private static boolean isUnreachable(Throwable e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (at instanceof ConnectException
                    || at instanceof UnknownHostException
                    || at instanceof NoRouteToHostException
                    || at instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
