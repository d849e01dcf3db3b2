package io.lakeport.storage.s3;

import io.lakeport.core.guard.Guard;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.UserAgentEntry;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import software.amazon.awssdk.services.s3.S3Client;

/** A server of the S3 protocol on a free loopback port, which refuses what S3 refuses. */
final class LocalS3 implements AutoCloseable {
    static final String ACCESS_KEY = "AKIDLOCAL";
    static final String SECRET_KEY = "a secret access key of the tests";
    static final String BUCKET = "exports";

    private final S3Proxy server;

    LocalS3(Path directory) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", directory.toString());
        server = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem", properties))
                .endpoint(URI.create("http://127.0.0.1:0"))
                // It knows neither session tokens nor encryption; signatures are checked with them all the same.
                .ignoreUnknownHeaders(true)
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                .build();
        server.start();
        try (S3Client client = client("s3://" + BUCKET + "/")) {
            client.createBucket(request -> request.bucket(BUCKET));
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    ObjectStore store(String root) {
        return store(root, Map.of(), SECRET_KEY, Guard.NONE);
    }

    ObjectStore store(String root, Map<String, String> more, String secretKey, Guard guard) {
        return new S3ObjectStoreProvider().open(context(root, more, secretKey, guard));
    }

    S3Client client(String root) {
        return client(root, Map.of());
    }

    S3Client client(String root, Map<String, String> more) {
        ObjectStoreContext context = context(root, more, SECRET_KEY, Guard.NONE);
        S3Settings settings = S3Settings.of(context);
        return S3Clients.open(settings, S3Identity.of(settings, context), context);
    }

    private ObjectStoreContext context(String root, Map<String, String> more, String secretKey, Guard guard) {
        Map<String, String> properties =
                new HashMap<>(Map.of("endpoint", endpoint().toString(), "access_key_id", ACCESS_KEY));
        properties.putAll(more);
        return new ObjectStoreContext(
                URI.create(root),
                properties,
                Map.of("secret_access_key", Secret.of(secretKey)),
                TenantId.of("acme"),
                UserAgentEntry.parse("Acme_Test/1.2"),
                guard);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server did not stop", e);
        }
    }
}
