package io.lakeport.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.auth.Contexts;
import io.lakeport.core.error.LakeportException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that offers one TLS version only. It runs in a JVM in which old versions are enabled again, so that a
 * refusal is Lakeport's and not the JDK's.
 */
class TlsVersionTest {
    private static final String PASSWORD = "changeit";

    @Test
    @Tag("AK-28")
    @Tag("DF-44")
    void token_serverOffersTls11Only_isRefusedAndTls12Accepted(@TempDir Path directory) throws Exception {
        Path store = directory.resolve("server.p12");
        String bin = Path.of(System.getProperty("java.home"), "bin").toString();
        run(List.of(
                bin + "/keytool",
                "-genkeypair",
                "-alias",
                "s",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-validity",
                "30"));
        Path security = Files.writeString(directory.resolve("old.security"), "jdk.tls.disabledAlgorithms=\n");

        String output = run(List.of(
                bin + "/java",
                "-Djava.security.properties=" + security,
                "-Djavax.net.ssl.trustStore=" + store,
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                store.toString()));

        assertThat(output).contains("plain client over TLSv1.1: connected");
        assertThat(output).containsPattern("lakeport over TLSv1.1: HOST_UNREACHABLE .*TLS 1\\.2 or newer");
        assertThat(output).contains("lakeport over TLSv1.2: token");
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    /** Runs in the child process. */
    public static final class Child {
        public static void main(String[] args) throws Exception {
            SSLContext context = context(Path.of(args[0]));
            int old = serve(context, "TLSv1.1");
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", old)) {
                socket.setEnabledProtocols(new String[] {"TLSv1.1"});
                socket.startHandshake();
                System.out.println("plain client over TLSv1.1: connected");
            }
            System.out.println("lakeport over TLSv1.1: " + token(old));
            System.out.println("lakeport over TLSv1.2: " + token(serve(context, "TLSv1.2")));
            System.exit(0);
        }

        private static String token(int port) {
            try {
                new OAuthM2mTokenSourceProvider()
                        .open(Contexts.of("https://localhost:" + port, Contexts.m2m(Map.of())))
                        .token(OAuthM2mTest.soon());
                return "token";
            } catch (LakeportException e) {
                return e.code() + " " + e.getMessage();
            }
        }

        private static SSLContext context(Path store) throws Exception {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, PASSWORD.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(keys);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        }

        private static int serve(SSLContext context, String version) throws Exception {
            SSLServerSocket server = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
            server.setEnabledProtocols(new String[] {version});
            Thread thread = new Thread(() -> answer(server));
            thread.setDaemon(true);
            thread.start();
            return server.getLocalPort();
        }

        private static void answer(SSLServerSocket server) {
            String body = "{\"access_token\":\"t\",\"expires_in\":60}";
            String answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body;
            while (true) {
                try (SSLSocket socket = (SSLSocket) server.accept()) {
                    if (socket.getInputStream().read(new byte[8192]) > 0) {
                        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                        socket.getOutputStream().flush();
                    }
                } catch (java.io.IOException e) {
                    System.out.println("server: " + e.getMessage());
                }
            }
        }
    }
}
