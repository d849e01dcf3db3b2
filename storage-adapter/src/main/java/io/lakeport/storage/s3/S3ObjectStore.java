package io.lakeport.storage.s3;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.UnfinishedUpload;
import io.lakeport.storage.part.Transfers;
import io.lakeport.storage.read.ResumingChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A prefix of a bucket. */
final class S3ObjectStore implements ObjectStore {
    private final S3Settings settings;
    private final S3Place place;
    private final S3Exchange exchange;
    private final S3Client client;
    private final Runnable closeIdentity;
    private final Transfers transfers;

    S3ObjectStore(S3Settings settings, S3Exchange exchange, S3Client client, Runnable closeIdentity) {
        this.settings = settings;
        this.place = settings.place();
        this.exchange = exchange;
        this.client = client;
        this.closeIdentity = closeIdentity;
        this.transfers = new Transfers(settings.limits());
    }

    @Override
    public String root() {
        return place.root();
    }

    @Override
    public ObjectSink create(ObjectKey key, CreateMode mode) {
        return transfers.sink(key, new S3Upload(settings, key, mode, exchange, client));
    }

    @Override
    public ReadableByteChannel read(ObjectKey key) {
        return new ResumingChannel(new S3Reader(place, key, exchange, client));
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        try {
            return head(key);
        } catch (LakeportException e) {
            if (!e.is(CoreError.ACCESS_DENIED)) {
                throw e;
            }
        }
        // The answer to a HEAD tells no reason: a question with a body finds it, and sets a wrong clock right.
        page(key.value(), null);
        return head(key);
    }

    private Optional<ObjectInfo> head(ObjectKey key) {
        try {
            HeadObjectResponse head = exchange.call(
                    "s3.head",
                    key.value(),
                    false,
                    () -> client.headObject(
                            request -> request.bucket(place.bucket()).key(place.full(key))));
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
                () -> client.listObjectsV2(request -> request.bucket(place.bucket())
                        .prefix(place.prefix() + prefix)
                        .continuationToken(from)));
    }

    private Optional<ObjectInfo> info(S3Object object) {
        return relative(object.key()).map(key -> new ObjectInfo(key, object.size(), ""));
    }

    /** Returns the key, empty for what others put there under a name that is no key, such as folder markers. */
    private Optional<ObjectKey> relative(String full) {
        try {
            return Optional.of(ObjectKey.of(full.substring(place.prefix().length())));
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
                        request -> request.bucket(place.bucket()).key(place.full(key))));
    }

    @Override
    public List<UnfinishedUpload> unfinished() {
        return exchange.call("s3.uploads", "", false, () -> {
            List<UnfinishedUpload> found = new ArrayList<>();
            client.listMultipartUploadsPaginator(
                            request -> request.bucket(place.bucket()).prefix(place.prefix()))
                    .uploads()
                    .forEach(upload -> unfinished(upload).ifPresent(found::add));
            return List.copyOf(found);
        });
    }

    private Optional<UnfinishedUpload> unfinished(MultipartUpload upload) {
        return relative(upload.key()).map(key -> new UnfinishedUpload(key, upload.uploadId(), upload.initiated()));
    }

    @Override
    public void abort(UnfinishedUpload upload) {
        S3Upload.abort(exchange, client, place, upload.key(), upload.id());
    }

    @Override
    public void close() {
        try {
            transfers.close();
        } finally {
            client.close();
            closeIdentity.run();
        }
    }
}
