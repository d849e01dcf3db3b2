package io.lakeport.app.doctor;

import io.lakeport.localworkspace.fault.FaultMatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/** The road to the workspace. */
final class NetworkWorlds {
    private static final String WORKSPACE = "https://acme.cloud.databricks.com";
    private static final String LENGTH = "Content-Length: ";

    private NetworkWorlds() {}

    static List<World> all() {
        World.Atlas atlas = new World.Atlas();
        settings(atlas);
        connections(atlas);
        tls(atlas);
        proxies(atlas);
        answers(atlas);
        clocks(atlas);
        return atlas.worlds();
    }

    private static void settings(World.Atlas atlas) {
        atlas.broken(
                        "account console in place of the workspace",
                        "HOST_IS_ACCOUNT_CONSOLE",
                        s -> s.host("https://accounts.cloud.databricks.com"))
                .broken(
                        "account console of Azure",
                        "HOST_IS_ACCOUNT_CONSOLE",
                        s -> s.host("https://accounts.azuredatabricks.net"))
                .broken("host with a path", "HOST_HAS_PATH", s -> s.host(WORKSPACE + "/browse/folders/1?o=47"))
                .broken(
                        "plain HTTP to a workspace",
                        "HOST_IS_PLAIN_HTTP",
                        s -> s.host("http://acme.cloud.databricks.com"))
                .broken("host that is no host", "HOST_MALFORMED", s -> s.host("ftp://acme.cloud.databricks.com"))
                .broken(
                        "HTTP path in place of the warehouse id",
                        "WAREHOUSE_ID_MALFORMED",
                        s -> s.tenant.put("warehouse_id", "/sql/1.0/warehouses/abcdef"))
                .broken(
                        "secret file that is not there",
                        "SECRET_UNREADABLE",
                        s -> s.auth().withObject("/secrets").put("client_secret", "${file:nowhere.txt}"));
    }

    private static void connections(World.Atlas atlas) {
        atlas.broken(
                        "workspace that DNS does not know",
                        "HOST_UNKNOWN",
                        s -> s.host("https://no-such-workspace.invalid"))
                .broken(
                        "nothing listens on the port",
                        "CONNECTION_REFUSED",
                        s -> s.host("https://127.0.0.1:" + closedPort()))
                .broken("firewall that drops", "CONNECTION_DROPPED", NetworkWorlds::blackhole)
                .broken(
                        "firewall that ends the handshake",
                        "CONNECTION_BROKEN",
                        s -> s.host(tls(s, Impostor.speaking(socket -> socket.setSoLinger(true, 0)))))
                .broken("connection is accepted and never answered", "NO_ANSWER_IN_TIME", s -> {
                    s.host(plain(
                            s,
                            Impostor.speaking(socket -> socket.getInputStream().readAllBytes())));
                    s.timeout = Duration.ofSeconds(2);
                });
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A listener whose queue is full lets further connections wait in vain, as a firewall that drops does. */
    private static void blackhole(Scene s) throws IOException {
        ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        s.after(full);
        for (int i = 0; i < 4; i++) {
            Socket waiting = new Socket();
            s.after(waiting);
            try {
                waiting.connect(new InetSocketAddress("127.0.0.1", full.getLocalPort()), 200);
            } catch (java.net.SocketTimeoutException e) {
                break;
            }
        }
        s.host("https://127.0.0.1:" + full.getLocalPort());
        s.timeout = Duration.ofSeconds(2);
    }

    private static String plain(Scene s, Impostor impostor) {
        s.after(impostor);
        return "http://localhost:" + impostor.port();
    }

    private static String tls(Scene s, Impostor impostor) {
        s.after(impostor);
        return "https://localhost:" + impostor.port();
    }

    private static void tls(World.Atlas atlas) {
        atlas.broken("HTTPS asked of a port that speaks HTTP", "NOT_TLS", s -> {
                    s.host("https://localhost:" + s.workspace.connection().port());
                    s.timeout = Duration.ofSeconds(4);
                })
                .broken(
                        "server that knows TLS 1.1 at most",
                        "TLS_TOO_OLD",
                        s -> s.host(tls(s, Impostor.speaking(NetworkWorlds::answerWithTls11))))
                .broken(
                        "certificate signed by itself",
                        "CERTIFICATE_SELF_SIGNED",
                        s -> s.host(s.workspace.connection().httpsUrl().toString()))
                .broken(
                        "certificate that has ended",
                        "CERTIFICATE_EXPIRED",
                        s -> s.host(tls(s, Impostor.showing(Impostor.Certificate.EXPIRED))))
                .broken(
                        "certificate that has not begun",
                        "CERTIFICATE_NOT_YET_VALID",
                        s -> s.host(tls(s, Impostor.showing(Impostor.Certificate.FUTURE))))
                .broken(
                        "device that inspects TLS",
                        "CERTIFICATE_UNTRUSTED",
                        s -> s.host(tls(s, Impostor.showing(Impostor.Certificate.INSPECTED))))
                .broken("certificate for another name", "CERTIFICATE_WRONG_NAME", s -> {
                    SSLContext before = SSLContext.getDefault();
                    s.after(() -> SSLContext.setDefault(before));
                    SSLContext.setDefault(Impostor.trusting(Impostor.Certificate.OTHER));
                    s.host(tls(s, Impostor.showing(Impostor.Certificate.OTHER)));
                });
    }

    /** A ServerHello of TLS 1.1 (RFC 4346, 7.4.1.3). */
    private static void answerWithTls11(Socket socket) throws IOException {
        socket.getInputStream().read(new byte[5]);
        ByteBuffer body = ByteBuffer.allocate(2 + 32 + 1 + 2 + 1);
        body.putShort((short) 0x0302).put(new byte[32]).put((byte) 0).putShort((short) 0x002F);
        ByteBuffer record = ByteBuffer.allocate(5 + 4 + body.capacity());
        record.put((byte) 22).putShort((short) 0x0302).putShort((short) (4 + body.capacity()));
        record.put((byte) 2).put((byte) 0).putShort((short) body.capacity()).put(body.array());
        socket.getOutputStream().write(record.array());
        socket.getInputStream().readAllBytes();
    }

    private static void proxies(World.Atlas atlas) {
        atlas.broken("proxy that does not run", "PROXY_UNREACHABLE", s -> proxy(s, closedPort()))
                .broken(
                        "proxy that wants a user and password",
                        "PROXY_WANTS_SIGN_IN",
                        s -> proxy(
                                s,
                                "HTTP/1.1 407 Proxy Authentication Required\nProxy-Authenticate: Basic realm=\"x\"\n\n"))
                .broken(
                        "proxy that forbids the workspace",
                        "PROXY_REFUSES",
                        s -> proxy(s, "HTTP/1.1 403 Forbidden by policy\n\n"))
                .broken("proxy that finds no way", "PROXY_REFUSES", s -> proxy(s, "HTTP/1.1 502 Bad Gateway\n\n"))
                .broken(
                        "proxy behind which TLS is inspected",
                        "CERTIFICATE_SELF_SIGNED",
                        s -> proxy(s, s.workspace.connection().proxyPort()));
    }

    private static void proxy(Scene s, String answer) throws IOException {
        Impostor impostor = Impostor.answering(answer);
        s.after(impostor);
        proxy(s, impostor.port());
    }

    private static void proxy(Scene s, int port) {
        s.host(WORKSPACE);
        System.setProperty("https.proxyHost", "127.0.0.1");
        System.setProperty("https.proxyPort", String.valueOf(port));
        s.after(() -> {
            System.clearProperty("https.proxyHost");
            System.clearProperty("https.proxyPort");
        });
    }

    private static void answers(World.Atlas atlas) {
        String portal = "<html><body>Welcome to Hotel Wifi, please sign in</body></html>";
        atlas.broken(
                        "captive portal",
                        "WEB_PAGE_INSTEAD_OF_API",
                        s -> s.host(plain(
                                s,
                                Impostor.answering("HTTP/1.1 200 OK\nContent-Type: text/html\n" + LENGTH
                                        + portal.length() + "\nConnection: close\n\n" + portal))))
                .broken(
                        "portal that redirects",
                        "REDIRECTED",
                        s -> s.host(plain(
                                s,
                                Impostor.answering("HTTP/1.1 302 Found\nLocation: https://login.example.com/sso\n"
                                        + LENGTH + "0\nConnection: close\n\n"))))
                .broken(
                        "another service that answers JSON",
                        "NOT_A_WORKSPACE",
                        s -> s.host(plain(
                                s,
                                Impostor.answering("HTTP/1.1 404 Not Found\nContent-Type: application/json\n" + LENGTH
                                        + "21\nConnection: close\n\n{\"error\":\"no route\"}\n"))))
                .broken(
                        "port of a mail server",
                        "NOT_HTTP",
                        s -> s.host(plain(
                                s,
                                Impostor.speaking(socket -> socket.getOutputStream()
                                        .write("220 mail.example.com ESMTP\r\n"
                                                .getBytes(java.nio.charset.StandardCharsets.US_ASCII))))))
                .broken(
                        "workspace under maintenance",
                        "WORKSPACE_UNAVAILABLE",
                        s -> s.workspace
                                .faults()
                                .when(FaultMatch.any().path("/**"))
                                .answer(503))
                .broken(
                        "workspace that limits everything",
                        "RATE_LIMITED",
                        s -> s.workspace
                                .faults()
                                .when(FaultMatch.any().path("/**"))
                                .answer(429))
                .broken(
                        "connections that break halfway",
                        "CONNECTION_BROKEN",
                        s -> s.workspace
                                .faults()
                                .when(FaultMatch.any().path("/**"))
                                .cut());
    }

    private static void clocks(World.Atlas atlas) {
        atlas.broken("clock two hours ahead", "CLOCK_OFF", s -> s.clock = off(Duration.ofHours(2)))
                .broken("clock two hours behind", "CLOCK_OFF", s -> s.clock = off(Duration.ofHours(-2)))
                .broken("clock six minutes behind", "CLOCK_OFF", s -> s.clock = off(Duration.ofMinutes(-6)))
                .healthy("clock 90 seconds ahead", "CLOCK_DRIFTS", s -> s.clock = off(Duration.ofSeconds(90)))
                .healthy("clock 20 seconds behind", "", s -> s.clock = off(Duration.ofSeconds(-20)))
                .healthy("nothing is wrong", "", s -> {});
    }

    private static Clock off(Duration by) {
        return Clock.offset(Clock.systemUTC(), by);
    }
}
