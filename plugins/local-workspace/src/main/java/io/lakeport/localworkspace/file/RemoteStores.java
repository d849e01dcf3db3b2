package io.lakeport.localworkspace.file;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** The buckets and containers behind the endpoints. Connects when the first path needs it. Thread-safe. */
final class RemoteStores implements AutoCloseable {
    private final ExternalStores stores;
    private final Path scratch;
    private final Map<String, Storage> open = new ConcurrentHashMap<>();
    private @Nullable S3Client s3;

    RemoteStores(ExternalStores stores, Path scratch) {
        this.stores = stores;
        this.scratch = scratch;
    }

    /** Returns the bucket or container of a path, if an endpoint serves it. */
    Optional<Storage> find(FilePath path) {
        return switch (path.kind()) {
            case S3 -> stores.s3().map(endpoint -> s3(endpoint, path.authority()));
            case AZURE -> stores.azure().flatMap(endpoint -> azure(endpoint, path.authority()));
            default -> Optional.empty();
        };
    }

    private Storage s3(StoreEndpoint endpoint, String bucket) {
        return open.computeIfAbsent(
                "s3://" + bucket, name -> new ObjectStorage(new S3Objects(client(endpoint), bucket), scratch));
    }

    private Optional<Storage> azure(StoreEndpoint endpoint, String authority) {
        int at = authority.indexOf('@');
        boolean ours = at > 0 && authority.startsWith(endpoint.account() + ".", at + 1);
        if (!ours) {
            return Optional.empty();
        }
        String container = authority.substring(0, at);
        return Optional.of(open.computeIfAbsent(
                "azure://" + container, name -> new ObjectStorage(new AzureObjects(endpoint, container), scratch)));
    }

    private synchronized S3Client client(StoreEndpoint endpoint) {
        S3Client client = s3;
        if (client == null) {
            client = S3Objects.connect(endpoint);
            s3 = client;
        }
        return client;
    }

    @Override
    public synchronized void close() {
        S3Client client = s3;
        if (client != null) {
            client.close();
        }
    }
}
