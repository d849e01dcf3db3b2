package io.lakeport.auth.endpoint;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Tells apart why a host could not be reached: name, network, port, TLS, or something that does not speak HTTP. */
final class NetworkErrors {
    private NetworkErrors() {}

    static LakeportException translate(IOException failure, URI uri, String what, Deadline deadline) {
        String host = uri.getAuthority();
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return unreachable(
                    what,
                    "the name '" + uri.getHost() + "' is not known to DNS; check the workspace URL,"
                            + " and with Private Link that this machine uses the private DNS zone",
                    failure);
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return unreachable(
                    what,
                    host + " did not accept a connection in time, or did not finish the TLS handshake; check the port,"
                            + " and that no firewall drops outbound HTTPS to it",
                    failure);
        }
        if (failure instanceof HttpTimeoutException) {
            return deadline.isExpired()
                    ? new LakeportException(
                            CoreError.DEADLINE_EXCEEDED, Deadline.expired(what).getMessage(), failure)
                    : unreachable(what, host + " did not answer in time", failure);
        }
        if (has(failure, SSLException.class)) {
            return unreachable(what, tls(host, failure), failure);
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return unreachable(
                    what,
                    host + " refused the connection; check host and port, and that outbound HTTPS is" + " allowed",
                    failure);
        }
        return notHttp(failure, host, what);
    }

    private static String tls(String host, IOException failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("certification path") || text.contains("certificate")) {
            return "the TLS certificate of " + host + " is not trusted by this JVM; add your proxy's or private link's"
                    + " certificate authority to the trust store";
        }
        if (text.contains("protocol")) {
            return "no TLS version in common with " + host + "; TLS 1.2 or newer is required";
        }
        return "the TLS handshake with " + host + " failed; check that the port speaks TLS 1.2 or newer";
    }

    private static LakeportException notHttp(IOException failure, String host, String what) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (failure instanceof ProtocolException || text.contains("status line") || text.contains("invalid header")) {
            return new LakeportException(
                    CoreError.NOT_A_DATABRICKS_HOST,
                    what + ": " + host + " answered with something that is not HTTP; give the workspace URL",
                    failure);
        }
        return unreachable(what, "the connection to " + host + " broke before an answer was complete", failure);
    }

    private static LakeportException unreachable(String what, String why, IOException failure) {
        return new LakeportException(CoreError.HOST_UNREACHABLE, what + ": " + why, failure);
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
