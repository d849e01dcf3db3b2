package io.lakeport.auth.network;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.network.NetworkError;
import io.lakeport.core.time.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Opens connections to servers, directly or through the JVM's proxy. */
final class Roads {
    private static final int LONGEST_HEAD = 16_384;

    private Roads() {}

    /** What is done over an open connection. */
    interface Use<T> {
        T over(Socket socket) throws IOException;
    }

    /** Returns the proxy that the JDK's HTTP client would take. */
    static Optional<InetSocketAddress> proxy(URI server) {
        ProxySelector selector = ProxySelector.getDefault();
        if (selector == null) {
            return Optional.empty();
        }
        return selector.select(server).stream()
                .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                .map(Proxy::address)
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .findFirst();
    }

    static String text(SocketAddress address) {
        InetSocketAddress inet = (InetSocketAddress) address;
        return inet.getHostString() + ":" + inet.getPort();
    }

    static int port(URI server) {
        return server.getPort() > 0 ? server.getPort() : "http".equals(server.getScheme()) ? 80 : 443;
    }

    /** Opens a connection, uses it and closes it. */
    static <T> T open(URI server, Deadline deadline, Use<T> use) {
        Optional<InetSocketAddress> proxy = proxy(server);
        String where = server.getAuthority()
                + proxy.map(p -> " through proxy " + text(p)).orElse("");
        try (Socket socket = new Socket()) {
            if (proxy.isPresent()) {
                toProxy(socket, proxy.get(), deadline);
                tunnel(socket, server, text(proxy.get()));
            } else {
                direct(socket, server, deadline);
            }
            socket.setSoTimeout(millis(deadline));
            return use.over(socket);
        } catch (SocketTimeoutException e) {
            throw Deadline.expired("talking to " + where);
        } catch (IOException e) {
            throw failure(NetworkError.CONNECTION_BROKEN, "the connection to " + where + " broke", e);
        }
    }

    private static void direct(Socket socket, URI server, Deadline deadline) throws IOException {
        InetSocketAddress address = new InetSocketAddress(server.getHost(), port(server));
        String where = server.getHost() + ":" + port(server);
        if (address.isUnresolved()) {
            throw new LakeportException(
                    NetworkError.NAME_UNKNOWN, "the name '" + server.getHost() + "' is not known to DNS");
        }
        try {
            socket.connect(address, millis(deadline));
        } catch (SocketTimeoutException e) {
            throw failure(NetworkError.CONNECTION_TIMED_OUT, where + " did not answer at all", e);
        } catch (NoRouteToHostException e) {
            throw failure(NetworkError.NO_ROUTE, "there is no route to " + where, e);
        } catch (ConnectException e) {
            boolean unreachable = String.valueOf(e.getMessage()).contains("unreachable");
            throw unreachable
                    ? failure(NetworkError.NO_ROUTE, "there is no route to " + where, e)
                    : failure(NetworkError.CONNECTION_REFUSED, where + " refused the connection", e);
        }
    }

    private static void toProxy(Socket socket, InetSocketAddress proxy, Deadline deadline) throws IOException {
        InetSocketAddress address = new InetSocketAddress(proxy.getHostString(), proxy.getPort());
        if (address.isUnresolved()) {
            throw new LakeportException(
                    NetworkError.PROXY_UNREACHABLE,
                    "the proxy's name '" + proxy.getHostString() + "' is not known to DNS");
        }
        try {
            socket.connect(address, millis(deadline));
            socket.setSoTimeout(millis(deadline));
        } catch (SocketTimeoutException | ConnectException | NoRouteToHostException e) {
            throw failure(NetworkError.PROXY_UNREACHABLE, "proxy " + text(proxy) + " does not answer", e);
        }
    }

    private static void tunnel(Socket socket, URI server, String proxy) throws IOException {
        String to = server.getHost() + ":" + port(server);
        String head = "CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        String status = head(socket.getInputStream());
        String said = "proxy " + proxy + " answered '" + status + "' to CONNECT " + to;
        if (status.matches("HTTP/1\\.[01] 2\\d\\d( .*)?")) {
            return;
        }
        throw new LakeportException(
                status.matches("HTTP/1\\.[01] 407( .*)?")
                        ? NetworkError.PROXY_WANTS_SIGN_IN
                        : NetworkError.PROXY_REFUSED,
                said);
    }

    /** Reads the head of an answer and returns its first line. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < LONGEST_HEAD && head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        int end = head.indexOf("\r\n");
        String line = end < 0 ? head.toString() : head.substring(0, end);
        return line.length() > 100 ? line.substring(0, 100) : line;
    }

    private static int millis(Deadline deadline) {
        return (int)
                Math.max(1, Math.min(Integer.MAX_VALUE, deadline.remaining().toMillis()));
    }

    static LakeportException failure(NetworkError error, String message, IOException cause) {
        return new LakeportException(error, message, cause);
    }
}
