package io.lakeport.audit.sdk;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Says why no HTTP answer came. */
final class NetworkErrors {
    private NetworkErrors() {}

    static LakeportException translate(IOException failure, URI uri, SdkCall call) {
        String host = uri.getAuthority();
        if (failure instanceof HttpTimeoutException
                && !(failure instanceof HttpConnectTimeoutException)
                && call.deadline().isExpired()) {
            return new LakeportException(
                    CoreError.DEADLINE_EXCEEDED, Deadline.expired(call.what()).getMessage(), failure);
        }
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (failure instanceof ProtocolException || text.contains("status line")) {
            return new LakeportException(
                    CoreError.NOT_A_DATABRICKS_HOST,
                    call.what() + ": " + host + " answered with something that is not HTTP; give the workspace URL",
                    failure);
        }
        return new LakeportException(
                CoreError.HOST_UNREACHABLE, call.what() + ": " + reason(failure, uri.getHost(), host), failure);
    }

    private static String reason(IOException failure, String name, String host) {
        if (has(failure, UnresolvedAddressException.class)) {
            return "the name '" + name + "' is not known to DNS; check the workspace URL";
        }
        if (has(failure, SSLException.class)) {
            return "the TLS handshake with " + host + " failed; TLS 1.2 or newer and a trusted certificate are needed";
        }
        if (failure instanceof HttpTimeoutException) {
            return host + " did not answer in time; check that outbound HTTPS is allowed";
        }
        if (failure instanceof ConnectException) {
            return host + " refused the connection; check host and port, and that outbound HTTPS is allowed";
        }
        return "the connection to " + host + " broke before an answer was complete";
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        int depth = 0;
        for (Throwable at = failure; at != null && depth < 10; at = at.getCause(), depth++) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }
}
