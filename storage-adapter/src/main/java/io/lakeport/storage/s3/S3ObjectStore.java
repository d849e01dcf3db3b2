package io.lakeport.storage.s3;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A prefix of a bucket. */
final class S3ObjectStore implements ObjectStore {
    private final S3Settings settings;
    private final S3Exchange exchange;
    private final S3Client client;
    private final Set<S3Sink> open = ConcurrentHashMap.newKeySet();

    S3ObjectStore(S3Settings settings, S3Exchange exchange, S3Client client) {
        this.settings = settings;
        this.exchange = exchange;
        this.client = client;
    }

    @Override
    public String root() {
        return settings.root();
    }

    private String full(ObjectKey key) {
        return settings.prefix() + key.value();
    }

    @Override
    public ObjectSink create(ObjectKey key, CreateMode mode) {
        S3Upload upload = new S3Upload(settings.bucket(), full(key), key, mode, exchange, client);
        S3Sink sink = new S3Sink(key, upload, open::remove);
        open.add(sink);
        return sink;
    }

    @Override
    public ReadableByteChannel read(ObjectKey key) {
        return new S3Channel(exchange.call(
                "s3.get",
                key.value(),
                false,
                () -> client.getObject(
                        request -> request.bucket(settings.bucket()).key(full(key)))));
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        try {
            HeadObjectResponse head = exchange.call(
                    "s3.head",
                    key.value(),
                    false,
                    () -> client.headObject(
                            request -> request.bucket(settings.bucket()).key(full(key))));
            return Optional.of(new ObjectInfo(key, head.contentLength(), ""));
        } catch (LakeportException e) {
            if (e.is(CoreError.OBJECT_NOT_FOUND)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        List<ObjectInfo> found = new ArrayList<>();
        String next = null;
        do {
            ListObjectsV2Response page = page(prefix, next);
            page.contents().forEach(object -> info(object).ifPresent(found::add));
            next = page.nextContinuationToken();
        } while (next != null);
        // S3 orders by bytes of UTF-8, the port by characters.
        found.sort(Comparator.comparing(object -> object.key().value()));
        return List.copyOf(found);
    }

    private ListObjectsV2Response page(String prefix, @Nullable String from) {
        return exchange.call(
                "s3.list",
                prefix,
                false,
                () -> client.listObjectsV2(request -> request.bucket(settings.bucket())
                        .prefix(settings.prefix() + prefix)
                        .continuationToken(from)));
    }

    /** Returns the object, empty for what others put there under a name that is no key, such as folder markers. */
    private Optional<ObjectInfo> info(S3Object object) {
        try {
            String key = object.key().substring(settings.prefix().length());
            return Optional.of(new ObjectInfo(ObjectKey.of(key), object.size(), ""));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void delete(ObjectKey key) {
        exchange.call(
                "s3.delete",
                key.value(),
                true,
                () -> client.deleteObject(
                        request -> request.bucket(settings.bucket()).key(full(key))));
    }

    @Override
    public void close() {
        try {
            List.copyOf(open).forEach(S3Sink::close);
        } finally {
            client.close();
        }
    }
}
