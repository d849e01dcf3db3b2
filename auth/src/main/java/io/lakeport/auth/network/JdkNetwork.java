package io.lakeport.auth.network;

import io.lakeport.auth.endpoint.Answer;
import io.lakeport.auth.endpoint.TokenHttp;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.network.Network;
import io.lakeport.core.network.NetworkError;
import io.lakeport.core.network.TlsFacts;
import io.lakeport.core.network.WebAnswer;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Road by road the JDK's own: its resolver, proxy selector, sockets and default TLS context, as our clients use them. */
final class JdkNetwork implements Network {
    private static final int LONGEST_BODY = 16 * 1024;
    private static final Duration LONGEST_HANDSHAKE = Duration.ofSeconds(10);
    private static final String QUESTION = "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    @Override
    public Optional<String> proxy(URI server) {
        return Roads.proxy(server).map(Roads::text);
    }

    @Override
    public void tunnel(URI server, Deadline deadline) {
        Roads.open(server, deadline, socket -> "");
    }

    @Override
    public List<String> resolve(String name, Deadline deadline) {
        return Names.resolve(name, deadline);
    }

    @Override
    public void connect(URI server, Deadline deadline) {
        Roads.open(server, deadline, socket -> "");
    }

    @Override
    public TlsFacts handshake(URI server, Deadline deadline) {
        Deadline first = deadline.atMost(shorter(deadline.remaining()));
        try {
            return Roads.open(server, first, socket -> new Handshake(server).over(socket, first));
        } catch (LakeportException e) {
            if (e.is(CoreError.DEADLINE_EXCEEDED) && speaksHttp(server, deadline)) {
                throw new LakeportException(
                        NetworkError.NOT_TLS, server.getAuthority() + " speaks plain HTTP on that port", e);
            }
            throw e;
        }
    }

    /** Leaves time to find out why a handshake did not end: web servers wait for the rest of what they take for a request. */
    private static Duration shorter(Duration remaining) {
        Duration half = remaining.dividedBy(2);
        return half.compareTo(LONGEST_HANDSHAKE) < 0 ? half : LONGEST_HANDSHAKE;
    }

    private static boolean speaksHttp(URI server, Deadline deadline) {
        try {
            return Roads.open(server, deadline, socket -> {
                socket.getOutputStream().write(QUESTION.getBytes(StandardCharsets.US_ASCII));
                return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII).equals("HTTP/");
            });
        } catch (LakeportException e) {
            // It was only to know more of a failure that is told anyway.
            return false;
        }
    }

    @Override
    public WebAnswer get(URI page, String userAgent, Deadline deadline) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(page).header("User-Agent", userAgent).header("Range", "bytes=0-1023");
        try {
            return answer(TokenHttp.send(request.GET(), "asking " + page.getAuthority(), deadline));
        } catch (LakeportException e) {
            if (e.is(CoreError.NOT_A_DATABRICKS_HOST)) {
                throw new LakeportException(NetworkError.NOT_HTTP, e.getMessage(), e);
            }
            if (e.is(CoreError.HOST_UNREACHABLE)) {
                throw new LakeportException(NetworkError.CONNECTION_BROKEN, e.getMessage(), e);
            }
            throw e;
        }
    }

    private static WebAnswer answer(Answer answer) {
        String body = answer.body();
        return new WebAnswer(
                answer.status(),
                answer.headers().firstValue("Content-Type").orElse(""),
                answer.date(),
                answer.headers().firstValue("Location"),
                answer.headers().firstValue("Server").orElse(""),
                body.substring(0, Math.min(body.length(), LONGEST_BODY)));
    }
}
