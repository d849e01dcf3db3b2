package io.lakeport.auth.network;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.network.NetworkError;
import io.lakeport.core.network.TlsFacts;
import io.lakeport.core.time.Deadline;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Agrees on TLS by the JVM's default context, as every client of Lakeport does, and says why it does not succeed. */
final class Handshake {
    private final URI server;

    Handshake(URI server) {
        this.server = server;
    }

    TlsFacts over(Socket socket, Deadline deadline) throws IOException {
        try (SSLSocket tls = wrapped(context(), socket)) {
            tls.startHandshake();
            X509Certificate certificate = (X509Certificate) tls.getSession().getPeerCertificates()[0];
            return new TlsFacts(
                    tls.getSession().getProtocol(),
                    Certificates.name(certificate.getSubjectX500Principal()),
                    Certificates.name(certificate.getIssuerX500Principal()),
                    certificate.getNotAfter().toInstant());
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (SSLException e) {
            throw why(e, deadline);
        }
    }

    private static SSLContext context() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    "this JVM's default TLS context (trust store) cannot be opened",
                    e);
        }
    }

    private SSLSocket wrapped(SSLContext context, Socket socket) throws IOException {
        SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(socket, server.getHost(), Roads.port(server), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        return tls;
    }

    private LakeportException why(SSLException failure, Deadline deadline) {
        String said = String.valueOf(failure.getMessage());
        String text = said.toLowerCase(Locale.ROOT);
        String where = server.getAuthority() + ": ";
        if (text.contains("protocol version")
                || text.contains("protocol_version")
                || text.contains("inappropriate_fallback")) {
            return Roads.failure(NetworkError.TLS_TOO_OLD, where + "no TLS version in common: " + said, failure);
        }
        if (text.contains("unrecognized ssl message") || text.contains("plaintext connection")) {
            return Roads.failure(NetworkError.NOT_TLS, where + "the port does not speak TLS", failure);
        }
        if (text.contains("terminated the handshake") || text.contains("connection reset")) {
            return Roads.failure(NetworkError.CONNECTION_BROKEN, where + "it ended the connection during TLS", failure);
        }
        if (text.contains("certif") || text.contains("path") || text.contains("name matching")) {
            return new Certificates(server).why(failure, deadline);
        }
        return Roads.failure(NetworkError.HANDSHAKE_FAILED, where + said, failure);
    }
}
