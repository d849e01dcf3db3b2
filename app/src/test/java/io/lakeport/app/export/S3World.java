package io.lakeport.app.export;

import io.lakeport.core.guard.Guard;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.store.ObjectStoreProvider;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.testkit.network.FaultyRoad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** A server of the S3 protocol that checks signatures, and a road to it on which requests meet with accidents. */
final class S3World implements AutoCloseable {
    private static final String ACCESS_KEY = "AKIDLOCAL";
    private static final String SECRET_KEY = "a secret access key of the tests";
    private static final String BUCKET = "exports";
    private final Path folder;
    private final S3Proxy server;
    private final FaultyRoad road;

    S3World(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder.resolve(BUCKET));
            Properties properties = new Properties();
            properties.setProperty("jclouds.filesystem.basedir", folder.toString());
            server = S3Proxy.builder()
                    .blobStore(BlobStores.create("filesystem", properties))
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .ignoreUnknownHeaders(true)
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                    .build();
            server.start();
            road = new FaultyRoad(server.getPort());
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server did not start", e);
        }
    }

    FaultyRoad road() {
        return road;
    }

    URI root() {
        return URI.create("s3://" + BUCKET + "/");
    }

    /** Returns the settings of the store, as a member of {@code stores}. */
    String settings() {
        return """
                {"root": "%s", "properties": {"endpoint": "%s", "access_key_id": "%s", "part_size": "5242880"},
                 "secrets": {"secret_access_key": "%s"}}""".formatted(root(), road.endpoint(), ACCESS_KEY, SECRET_KEY);
    }

    /** Returns the file in which the server keeps an object. */
    Path file(URI target, String key) {
        return folder.resolve(BUCKET).resolve(target.getPath().substring(1) + key);
    }

    /**
     * Returns the keys of all objects at a target, relative to it, and a name for each upload that the server lists as
     * unfinished. Its disk says more than it does: a part that arrives after its upload was given up stays there, and no
     * request can see it.
     */
    Set<String> objects(URI target) {
        String prefix = target.getPath().substring(1);
        Set<String> found = new TreeSet<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).forEach(file -> {
                String name = folder.resolve(BUCKET).relativize(file).toString();
                if (name.startsWith(prefix)) {
                    found.add(name.substring(prefix.length()));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (ObjectStore store = open(target)) {
            store.unfinished().forEach(upload -> found.add("upload of " + upload.key()));
        }
        return found;
    }

    /** Opens a target past the road, as its server's owner would look at it. */
    private ObjectStore open(URI target) {
        return ServiceLoader.load(ObjectStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.schemes().contains("s3"))
                .findFirst()
                .orElseThrow()
                .open(new ObjectStoreContext(
                        target,
                        Map.of("endpoint", "http://127.0.0.1:" + server.getPort(), "access_key_id", ACCESS_KEY),
                        Map.of("secret_access_key", Secret.of(SECRET_KEY)),
                        TenantId.of("acme"),
                        UserAgentEntry.parse("Acme_Test/1.0"),
                        Guard.NONE));
    }

    @Override
    public void close() {
        try {
            road.close();
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server did not stop", e);
        }
    }
}
