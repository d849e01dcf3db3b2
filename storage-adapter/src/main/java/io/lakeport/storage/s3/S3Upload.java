package io.lakeport.storage.s3;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.storage.part.Commit;
import io.lakeport.storage.part.ObjectUpload;
import io.lakeport.storage.part.Part;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * The requests of one write. Each write marks its object with an id of its own, so that after an answer that never came
 * the object itself says whether it is ours.
 */
final class S3Upload implements ObjectUpload, Commit.Look {
    private static final String MARK = "lakeport-write";
    private static final long LARGEST_PART = 5L << 30;

    private final S3Settings settings;
    private final String bucket;
    private final String fullKey;
    private final ObjectKey key;
    private final CreateMode mode;
    private final S3Exchange exchange;
    private final S3Client client;
    private final Map<String, String> mark = Map.of(MARK, UUID.randomUUID().toString());
    private final Map<Integer, CompletedPart> parts = new ConcurrentSkipListMap<>();
    private @Nullable String uploadId;
    private @Nullable LakeportException notBegun;

    S3Upload(S3Settings settings, ObjectKey key, CreateMode mode, S3Exchange exchange, S3Client client) {
        this.settings = settings;
        this.bucket = settings.place().bucket();
        this.fullKey = settings.place().full(key);
        this.key = key;
        this.mode = mode;
        this.exchange = exchange;
        this.client = client;
    }

    @Override
    public long partSize(int number) {
        return settings.limits().partSize(number, LARGEST_PART);
    }

    @Override
    public void part(int number, Part content) {
        String upload = begun();
        String crc = Crc32.of(content);
        UploadPartResponse sent = exchange.call(
                "s3.part",
                key.value(),
                true,
                () -> client.uploadPart(
                        request -> request.bucket(bucket)
                                .key(fullKey)
                                .uploadId(upload)
                                .partNumber(number)
                                .checksumCRC32(crc),
                        body(content)));
        parts.put(
                number,
                CompletedPart.builder()
                        .partNumber(number)
                        .eTag(sent.eTag())
                        .checksumCRC32(crc)
                        .build());
    }

    @Override
    public void begin() {
        begun();
    }

    private synchronized String begun() {
        String known = uploadId;
        if (known != null) {
            return known;
        }
        if (notBegun != null) {
            throw notBegun;
        }
        try {
            String begun = create();
            uploadId = begun;
            return begun;
        } catch (LakeportException e) {
            // Parts that waited meanwhile would each try once more.
            notBegun = e;
            throw e;
        }
    }

    private String create() {
        return exchange.call(
                "s3.begin",
                key.value(),
                true,
                () -> client.createMultipartUpload(request -> request.bucket(bucket)
                                .key(fullKey)
                                .metadata(mark)
                                .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                                .serverSideEncryption(settings.encryption().modeOrNull())
                                .ssekmsKeyId(settings.encryption().keyOrNull()))
                        .uploadId());
    }

    /** Reads the content where it lies; the SDK's own bodies would copy it. */
    private static RequestBody body(Part content) {
        return RequestBody.fromContentProvider(content::open, content.length(), "application/octet-stream");
    }

    @Override
    public void whole(Part content) {
        String crc = Crc32.of(content);
        commit(
                "s3.put",
                () -> client.putObject(
                        request -> request.bucket(bucket)
                                .key(fullKey)
                                .metadata(mark)
                                .checksumCRC32(crc)
                                .serverSideEncryption(settings.encryption().modeOrNull())
                                .ssekmsKeyId(settings.encryption().keyOrNull())
                                .ifNoneMatch(mode == CreateMode.FAIL_IF_EXISTS ? "*" : null),
                        body(content)));
    }

    @Override
    public synchronized void complete(int count) {
        if (parts.size() != count) {
            throw new IllegalStateException(parts.size() + " of " + count + " parts of '" + key + "' were sent");
        }
        String upload = uploadId;
        // From here on it is not ours to clean up, unless the store says no: it may still be completing it.
        uploadId = null;
        try {
            complete(upload);
        } catch (RuntimeException e) {
            boolean unknown = e instanceof LakeportException error && error.category() == ErrorCategory.OUTCOME_UNKNOWN;
            uploadId = unknown ? null : upload;
            throw e;
        }
    }

    private void complete(@Nullable String upload) {
        commit(
                "s3.complete",
                () -> client.completeMultipartUpload(request -> request.bucket(bucket)
                        .key(fullKey)
                        .uploadId(upload)
                        .ifNoneMatch(mode == CreateMode.FAIL_IF_EXISTS ? "*" : null)
                        .multipartUpload(all -> all.parts(parts.values()))));
    }

    private void commit(String name, Callable<Object> request) {
        Commit commit = new Commit(exchange.where(key.value()), mode, this);
        commit.run(() -> exchange.commit(name, key.value(), commit, request));
    }

    @Override
    public Optional<Boolean> isOurs() {
        try {
            return Optional.of(exchange.call(
                            "s3.head",
                            key.value(),
                            false,
                            () -> client.headObject(
                                    request -> request.bucket(bucket).key(fullKey)))
                    .metadata()
                    .entrySet()
                    .containsAll(mark.entrySet()));
        } catch (LakeportException e) {
            if (e.is(CoreError.OBJECT_NOT_FOUND)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void refusedAltogether() {
        try {
            exchange.call(
                    "s3.list",
                    key.value(),
                    false,
                    () -> client.listObjectsV2(
                            request -> request.bucket(bucket).prefix(fullKey).maxKeys(1)));
        } catch (LakeportException e) {
            if (S3Errors.refusesEverything(e)) {
                throw e;
            }
        }
    }

    @Override
    public synchronized void abort() {
        String upload = uploadId;
        if (upload != null) {
            uploadId = null;
            abort(exchange, client, settings.place(), key, upload);
        }
    }

    /** Removes an upload that was begun and not finished, so that its parts are not paid for. */
    static void abort(S3Exchange exchange, S3Client client, S3Place place, ObjectKey key, String upload) {
        try {
            exchange.call(
                    "s3.abort",
                    key.value(),
                    true,
                    () -> client.abortMultipartUpload(request ->
                            request.bucket(place.bucket()).key(place.full(key)).uploadId(upload)));
        } catch (LakeportException e) {
            if (!e.is(CoreError.OBJECT_NOT_FOUND)) {
                throw e;
            }
        }
    }
}
