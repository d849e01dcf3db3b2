package io.lakeport.app.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Something on a port of this machine that is no workspace. */
final class Impostor implements AutoCloseable {
    /** The certificates of {@code servers.p12}: ended, beginning in 2199, for another name, by a CA that nobody trusts. */
    enum Certificate {
        EXPIRED,
        FUTURE,
        OTHER,
        INSPECTED
    }

    /** What it does with a connection. */
    interface Manner {
        void meet(Socket socket) throws IOException;
    }

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final ServerSocket server;
    private final Manner manner;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    private Impostor(ServerSocket server, Manner manner) {
        this.server = server;
        this.manner = manner;
        this.thread = new Thread(this::serve, "impostor");
        thread.setDaemon(true);
        thread.start();
    }

    static Impostor speaking(Manner manner) throws IOException {
        return new Impostor(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), manner);
    }

    /** Answers every request with one text. */
    static Impostor answering(String answer) throws IOException {
        return speaking(socket -> {
            head(socket.getInputStream());
            socket.getOutputStream().write(answer.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        });
    }

    /** Speaks TLS with a certificate, and says nothing behind it. */
    static Impostor showing(Certificate certificate) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        String alias = certificate.name().toLowerCase(java.util.Locale.ROOT);
        KeyStore all = store();
        one.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
        keys.init(one, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        ServerSocket server =
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        return new Impostor(server, socket -> head(socket.getInputStream()));
    }

    /** Returns a context that trusts the certificate for another name. */
    static SSLContext trusting(Certificate certificate) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        String alias = certificate.name().toLowerCase(java.util.Locale.ROOT);
        trusted.setCertificateEntry(alias, store().getCertificate(alias));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore store() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Impostor.class.getResourceAsStream("servers.p12")) {
            store.load(file, PASSWORD);
        }
        return store;
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                open.add(socket);
                socket.setSoTimeout(10_000);
                manner.meet(socket);
                open.remove(socket);
            } catch (IOException e) {
                // The other side went away, or this one was closed: both end a connection.
                continue;
            }
        }
    }

    static void head(InputStream in) throws IOException {
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            matched = next == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : 0;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
