package io.lakeport.core.network;

import java.time.Instant;
import java.util.Objects;

/**
 * What a server and this machine agreed on.
 *
 * @param protocol for example {@code TLSv1.3}
 * @param subject whom the certificate names
 * @param issuer who issued it
 * @param notAfter when it ends
 */
public record TlsFacts(String protocol, String subject, String issuer, Instant notAfter) {
    public TlsFacts {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(notAfter, "notAfter");
    }
}
