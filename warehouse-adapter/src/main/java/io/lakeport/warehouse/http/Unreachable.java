package io.lakeport.warehouse.http;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Tells failures before the first byte of a request from those after it. */
public final class Unreachable {
    private Unreachable() {}

    /** Returns whether the request certainly never left: no connection, no such host, or no agreement on TLS. */
    public static boolean neverSent(Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof ConnectException
                    || e instanceof HttpConnectTimeoutException
                    || e instanceof UnknownHostException
                    || e instanceof UnresolvedAddressException
                    || e instanceof SSLHandshakeException) {
                return true;
            }
        }
        return false;
    }
}
