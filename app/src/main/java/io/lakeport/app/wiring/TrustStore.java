package io.lakeport.app.wiring;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the JDK read its trust store beside the wiring. The first HTTP client of a process would wait for it otherwise,
 * which is a good part of the time between start and the first token.
 */
final class TrustStore {
    private static final Logger LOG = LoggerFactory.getLogger(TrustStore.class);

    private TrustStore() {}

    static void readAhead() {
        Thread reader = new Thread(TrustStore::read, "lakeport-trust-store");
        reader.setDaemon(true);
        reader.start();
    }

    private static void read() {
        try {
            SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            // Whoever opens a connection meets the same failure and says what it was needed for.
            LOG.debug("the default TLS context could not be made", e);
        }
    }
}
