package io.lakeport.core.network;

import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Port: looks at the road to a server step by step, by the same proxies and trust as Lakeport's clients use, and sends no
 * credential. Thread-safe. Every method throws a {@link io.lakeport.core.error.LakeportException} with a {@link
 * NetworkError}; DEADLINE_EXCEEDED when the deadline ends it; CANCELLED when interrupted.
 */
public interface Network {
    /** Returns the proxy that leads to a server, as {@code host:port}; empty when the road is direct. */
    Optional<String> proxy(URI server);

    /** Asks a proxy for a tunnel to the server and gives it up again. */
    void tunnel(URI server, Deadline deadline);

    /** Returns the addresses of a name, never empty. */
    List<String> resolve(String name, Deadline deadline);

    /** Opens a TCP connection to the server and closes it. */
    void connect(URI server, Deadline deadline);

    /** Agrees on TLS 1.2 or newer with the server, through the proxy if there is one, and closes the connection. */
    TlsFacts handshake(URI server, Deadline deadline);

    /** Gets a page without following redirects. */
    WebAnswer get(URI page, String userAgent, Deadline deadline);
}
