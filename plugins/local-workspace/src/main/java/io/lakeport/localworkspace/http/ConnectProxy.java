package io.lakeport.localworkspace.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A port that speaks HTTP CONNECT and sends every host's port 443 to this workspace's TLS listener. The official JDBC
 * driver drops the port of a host when it signs in by OAuth; through this proxy that needs no privileged port, and
 * real-looking host names work. It reaches nothing but this workspace.
 */
public final class ConnectProxy implements AutoCloseable {
    private static final int HEAD_LIMIT = 16_384;
    private static final int BACKLOG = 128;
    private static final int HEAD_TIMEOUT_MILLIS = 10_000;

    private final ServerSocket socket;
    private final int tlsPort;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "local-workspace-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private ConnectProxy(ServerSocket socket, int tlsPort) {
        this.socket = socket;
        this.tlsPort = tlsPort;
    }

    /**
     * Starts on a free port.
     *
     * @param address where to listen
     * @param tlsPort port of the TLS listener on the same address
     */
    public static ConnectProxy start(InetAddress address, int tlsPort) throws IOException {
        ConnectProxy proxy = new ConnectProxy(new ServerSocket(0, BACKLOG, address), tlsPort);
        proxy.threads.execute(proxy::acceptAll);
        return proxy;
    }

    /** Returns the port it listens on. */
    public int port() {
        return socket.getLocalPort();
    }

    private void acceptAll() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    continue;
                }
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            client.setSoTimeout(HEAD_TIMEOUT_MILLIS);
            String[] request = readHead(client.getInputStream()).split(" ", 3);
            OutputStream out = client.getOutputStream();
            if (request.length < 3 || !request[0].toUpperCase(Locale.ROOT).equals("CONNECT")) {
                out.write(line("405 Only CONNECT is served on this port"));
            } else if (!request[1].endsWith(":443") && !request[1].endsWith(":" + tlsPort)) {
                out.write(line("403 Only port 443 leads to the local workspace"));
            } else {
                out.write(line("200 Connection established"));
                client.setSoTimeout(0);
                tunnel(client);
            }
        } catch (IOException e) {
            // Either side closed: the tunnel is over, and neither waits for an answer.
            return;
        } finally {
            open.remove(client);
        }
    }

    private static byte[] line(String status) {
        return ("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4 && head.size() < HEAD_LIMIT) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client closed before its request ended");
            }
            head.write(next);
            matched = next == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : (next == '\r' ? 1 : 0);
        }
        return head.toString(StandardCharsets.US_ASCII).lines().findFirst().orElse("");
    }

    private void tunnel(Socket client) throws IOException {
        try (Socket server = new Socket(target(), tlsPort)) {
            server.setTcpNoDelay(true);
            open.add(server);
            threads.execute(() -> pump(client, server));
            pump(server, client);
            open.remove(server);
        }
    }

    /** A listener on every address is reached by loopback. */
    private InetAddress target() {
        InetAddress address = socket.getInetAddress();
        return address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Closing is all that was left to do with it.
            return;
        }
    }

    /** Stops listening and ends every tunnel. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            threads.shutdownNow();
        }
        open.forEach(ConnectProxy::closeQuietly);
        threads.shutdownNow();
    }
}
