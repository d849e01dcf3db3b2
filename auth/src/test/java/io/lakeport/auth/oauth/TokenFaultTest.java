package io.lakeport.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.auth.CanaryWatch;
import io.lakeport.auth.Contexts;
import io.lakeport.auth.endpoint.BoundedBody;
import io.lakeport.auth.oauth.FakeHost.Says;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token request meets when the host is wrong, broken, busy or slow. */
class TokenFaultTest {
    private static final String TOKEN = "/oidc/v1/token";

    @RegisterExtension
    final CanaryWatch canary = new CanaryWatch();

    @Test
    void token_portRefuses_isUnreachable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        LakeportException failure = OAuthM2mTest.fails(source("http://localhost:" + port));

        assertThat(failure.is(CoreError.HOST_UNREACHABLE)).isTrue();
        assertThat(failure).hasMessageContaining("refused the connection").hasMessageContaining("localhost:" + port);
    }

    @Test
    @Tag("DF-40")
    void token_nameUnknown_saysDns() {
        LakeportException failure = OAuthM2mTest.fails(source("https://no-such-workspace.invalid"));

        assertThat(failure.is(CoreError.HOST_UNREACHABLE)).isTrue();
        assertThat(failure).hasMessageContaining("not known to DNS");
    }

    @Test
    void token_plainHttpBehindHttps_saysTls() throws Exception {
        try (RawServer server = new RawServer("HTTP/1.1 400 Bad Request\r\n\r\n", false)) {
            LakeportException failure = OAuthM2mTest.fails(source(server.url().replace("http://", "https://")));

            assertThat(failure.is(CoreError.HOST_UNREACHABLE)).isTrue();
            assertThat(failure).hasMessageContaining("TLS handshake with localhost");
        }
    }

    @Test
    void token_serverSpeaksSomethingElse_isNoDatabricksHost() throws Exception {
        try (RawServer server = new RawServer("220 mail.example ESMTP ready\r\n\r\n", false)) {
            LakeportException failure = OAuthM2mTest.fails(source(server.url()));

            assertThat(failure.is(CoreError.NOT_A_DATABRICKS_HOST)).isTrue();
            assertThat(failure).hasMessageContaining("not HTTP");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 403, 404, 405})
    void token_webPage_isNoDatabricksHost(int status) throws IOException {
        try (FakeHost host = new FakeHost().on(TOKEN, Says.html(status))) {
            LakeportException failure = OAuthM2mTest.fails(source(host.url()));

            assertThat(failure.is(CoreError.NOT_A_DATABRICKS_HOST)).isTrue();
            assertThat(failure)
                    .hasMessageContaining("not a Databricks workspace")
                    .hasMessageContaining(host.url());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"access_token\": \"eyJtoken",
                "{}",
                "[]",
                "null",
                "",
                "eyJtoken",
                "{\"access_token\":\"eyJtoken\",\"expires_in\":-5}",
                "{\"access_token\":\"eyJtoken\",\"expires_in\":\"soon\"}"
            })
    void token_answerIsNoToken_isNoDatabricksHostAndQuotesNothing(String body) throws IOException {
        try (FakeHost host = new FakeHost().on(TOKEN, Says.json(200, body))) {
            LakeportException failure = OAuthM2mTest.fails(source(host.url()));

            assertThat(failure.is(CoreError.NOT_A_DATABRICKS_HOST)).isTrue();
            assertThat(failure.getMessage()).doesNotContain("eyJtoken");
        }
    }

    @Test
    void token_lifetimeNotStated_isTakenAsShort() throws IOException {
        try (FakeHost host = new FakeHost().on(TOKEN, Says.json(200, "{\"access_token\":\"t\"}"))) {
            var token = source(host.url()).token(OAuthM2mTest.soon());

            assertThat(Duration.between(token.issuedAt(), token.expiresAt().orElseThrow()))
                    .isEqualTo(Duration.ofMinutes(5));
        }
    }

    @ParameterizedTest
    @CsvSource({"429,RATE_LIMITED,7", "500,SERVICE_UNAVAILABLE,", "503,SERVICE_UNAVAILABLE,30"})
    @Tag("AA-52")
    void token_serviceIsBusy_isRetryableAndKeepsRetryAfter(int status, String code, Long wait) throws IOException {
        Map<String, String> headers = wait == null ? Map.of() : Map.of("Retry-After", wait.toString());
        try (FakeHost host = new FakeHost().on(TOKEN, new Says(status, "text/plain", "busy", headers))) {
            LakeportException failure = OAuthM2mTest.fails(source(host.url()));

            assertThat(failure.code().name()).isEqualTo(code);
            assertThat(failure.category().isRetryable()).isTrue();
            assertThat(failure.retryAfter().map(Duration::toSeconds).orElse(null))
                    .isEqualTo(wait);
            assertThat(host.asked()).as("the guard alone repeats").hasSize(1);
        }
    }

    @Test
    @Tag("AA-52")
    void token_serviceIsBusyUntilADate_waitsByTheServersClock() throws IOException {
        Map<String, String> headers =
                Map.of("Date", "Sat, 21 Nov 2026 10:00:00 GMT", "Retry-After", "Sat, 21 Nov 2026 10:00:20 GMT");
        try (RawServer server = new RawServer(
                "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n"
                        + headers.entrySet().stream()
                                .map(e -> e.getKey() + ": " + e.getValue() + "\r\n")
                                .collect(java.util.stream.Collectors.joining())
                        + "\r\n",
                false)) {
            assertThat(OAuthM2mTest.fails(source(server.url())).retryAfter()).contains(Duration.ofSeconds(20));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"})
    void token_serverStalls_endsAtTheDeadline(String begins) throws Exception {
        try (RawServer server = new RawServer(begins, true)) {
            TokenSource source = source(server.url());

            LakeportException failure = catchThrowableOfType(
                    LakeportException.class, () -> source.token(Deadline.after(Duration.ofMillis(300))));

            assertThat(failure.is(CoreError.DEADLINE_EXCEEDED)).isTrue();
            CanaryWatch.assertClean(failure);
        }
    }

    @Test
    void token_connectionCutInTheBody_isUnreachableNotAToken() throws Exception {
        try (RawServer server = new RawServer(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"access", false)) {
            assertThat(OAuthM2mTest.fails(source(server.url())).is(CoreError.HOST_UNREACHABLE))
                    .isTrue();
        }
    }

    @Test
    void token_endlessBody_isReadOnlyToItsLimit() throws Exception {
        String body = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n"
                + "x".repeat(2 * BoundedBody.LIMIT);
        try (RawServer server = new RawServer(body, true)) {
            assertThat(OAuthM2mTest.fails(source(server.url())).is(CoreError.NOT_A_DATABRICKS_HOST))
                    .isTrue();
        }
    }

    @Test
    void token_interrupted_isCancelledAndStaysInterrupted() throws Exception {
        try (RawServer server = new RawServer("", true)) {
            Thread.currentThread().interrupt();
            LakeportException failure = OAuthM2mTest.fails(source(server.url()));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.is(CoreError.INTERRUPTED)).isTrue();
        }
    }

    private static TokenSource source(String url) {
        return new OAuthM2mTokenSourceProvider().open(Contexts.of(url, Contexts.m2m(Map.of())));
    }

    /** Sends fixed bytes after a request began, then stalls or closes. */
    private static final class RawServer implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final Thread thread;
        private volatile Socket open;

        RawServer(String bytes, boolean stall) throws IOException {
            thread = new Thread(() -> serve(bytes, stall));
            thread.start();
        }

        String url() {
            return "http://localhost:" + socket.getLocalPort();
        }

        private void serve(String bytes, boolean stall) {
            try {
                open = socket.accept();
                byte[] seen = new byte[8192];
                if (open.getInputStream().read(seen) > 0) {
                    OutputStream out = open.getOutputStream();
                    out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                    out.flush();
                }
                while (stall && open.getInputStream().read(seen) >= 0) {
                    // Waits until the client gives up.
                }
                open.shutdownOutput();
            } catch (IOException e) {
                // The test ended.
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
            if (open != null) {
                open.close();
            }
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
