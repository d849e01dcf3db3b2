package io.lakeport.auth.network;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.network.NetworkError;
import io.lakeport.core.time.Deadline;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;

/** Looks at a certificate that was refused, to say why. Nothing but the handshake is sent over such a connection. */
final class Certificates {
    private final URI server;

    Certificates(URI server) {
        this.server = server;
    }

    LakeportException why(SSLException failure, Deadline deadline) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        String where = server.getAuthority() + ": ";
        List<X509Certificate> chain = chain(deadline);
        if (chain.isEmpty()) {
            return Roads.failure(
                    NetworkError.CERTIFICATE_UNTRUSTED, where + "the certificate is not trusted: " + text, failure);
        }
        X509Certificate leaf = chain.get(0);
        String who = where + "certificate of " + name(leaf.getSubjectX500Principal()) + " by "
                + name(leaf.getIssuerX500Principal());
        Instant now = Instant.now();
        if (now.isAfter(leaf.getNotAfter().toInstant())) {
            return Roads.failure(
                    NetworkError.CERTIFICATE_EXPIRED,
                    who + " ended at " + leaf.getNotAfter().toInstant(),
                    failure);
        }
        if (now.isBefore(leaf.getNotBefore().toInstant())) {
            return Roads.failure(
                    NetworkError.CERTIFICATE_NOT_YET_VALID,
                    who + " begins at " + leaf.getNotBefore().toInstant(),
                    failure);
        }
        if (text.contains("name matching")) {
            return Roads.failure(
                    NetworkError.CERTIFICATE_WRONG_NAME,
                    who + " is for " + names(leaf) + ", and not for " + server.getHost(),
                    failure);
        }
        boolean itself = leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal());
        return itself
                ? Roads.failure(NetworkError.CERTIFICATE_SELF_SIGNED, who + " is signed by itself", failure)
                : Roads.failure(NetworkError.CERTIFICATE_UNTRUSTED, who + " is not trusted by this JVM", failure);
    }

    private List<X509Certificate> chain(Deadline deadline) {
        Shown shown = new Shown();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {shown}, null);
            Roads.open(server, deadline, socket -> {
                handshake(context, socket);
                return "";
            });
        } catch (GeneralSecurityException | LakeportException e) {
            // What it shows before it breaks is enough, and without it the first failure is told as it is.
            return List.copyOf(shown.chain);
        }
        return List.copyOf(shown.chain);
    }

    private void handshake(SSLContext context, Socket socket) throws IOException {
        try (SSLSocket tls = (SSLSocket)
                context.getSocketFactory().createSocket(socket, server.getHost(), Roads.port(server), true)) {
            tls.startHandshake();
        }
    }

    static String name(X500Principal principal) {
        String text = principal.getName();
        return "'" + (text.length() > 120 ? text.substring(0, 120) + "…" : text) + "'";
    }

    private static String names(X509Certificate leaf) {
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            return names == null
                    ? name(leaf.getSubjectX500Principal())
                    : names.stream()
                            .map(entry -> String.valueOf(entry.get(1)))
                            .limit(5)
                            .collect(Collectors.joining(", "));
        } catch (GeneralSecurityException e) {
            return name(leaf.getSubjectX500Principal());
        }
    }

    /** Keeps what the server shows and refuses it, so that such a connection can carry nothing. */
    private static final class Shown implements X509TrustManager {
        private final List<X509Certificate> chain = new ArrayList<>();

        @Override
        public void checkClientTrusted(X509Certificate[] given, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] given, String type)
                throws java.security.cert.CertificateException {
            chain.addAll(List.of(given));
            throw new java.security.cert.CertificateException("only looked at");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
