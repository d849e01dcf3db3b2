package io.lakeport.storage.s3;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.storage.StorageError;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * The requests of one write. Each write marks its object with an id of its own, so that after an answer that never came
 * the object itself says whether it is ours.
 */
final class S3Upload {
    private static final String MARK = "lakeport-write";

    private final String bucket;
    private final String fullKey;
    private final ObjectKey key;
    private final CreateMode mode;
    private final S3Exchange exchange;
    private final S3Client client;
    private final Map<String, String> mark = Map.of(MARK, UUID.randomUUID().toString());
    private final List<CompletedPart> parts = new ArrayList<>();
    private @Nullable String uploadId;
    private boolean mayHaveHappened;

    S3Upload(String bucket, String fullKey, ObjectKey key, CreateMode mode, S3Exchange exchange, S3Client client) {
        this.bucket = bucket;
        this.fullKey = fullKey;
        this.key = key;
        this.mode = mode;
        this.exchange = exchange;
        this.client = client;
    }

    int parts() {
        return parts.size();
    }

    /** Sends a part; the first one begins the upload. */
    void part(byte[] content, int length) {
        if (uploadId == null) {
            uploadId = exchange.call(
                    "s3.begin",
                    key.value(),
                    true,
                    () -> client.createMultipartUpload(request ->
                                    request.bucket(bucket).key(fullKey).metadata(mark))
                            .uploadId());
        }
        String upload = uploadId;
        int number = parts.size() + 1;
        UploadPartResponse sent = exchange.call(
                "s3.part",
                key.value(),
                true,
                () -> client.uploadPart(
                        request -> request.bucket(bucket)
                                .key(fullKey)
                                .uploadId(upload)
                                .partNumber(number),
                        body(content, length)));
        parts.add(CompletedPart.builder()
                .partNumber(number)
                .eTag(sent.eTag())
                .checksumCRC32(sent.checksumCRC32())
                .build());
    }

    /** Reads the buffer where it lies; the SDK's own byte array body would copy it. */
    private static RequestBody body(byte[] content, int length) {
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(content, 0, length), length, "application/octet-stream");
    }

    /** Makes the object visible; the rest is what no part holds yet. */
    void finish(byte[] rest, int length) {
        if (uploadId == null) {
            commit("s3.put", () -> put(rest, length));
            return;
        }
        if (length > 0) {
            part(rest, length);
        }
        commit("s3.complete", this::complete);
        uploadId = null;
    }

    private Object put(byte[] content, int length) {
        return client.putObject(
                request -> request.bucket(bucket)
                        .key(fullKey)
                        .metadata(mark)
                        .ifNoneMatch(mode == CreateMode.FAIL_IF_EXISTS ? "*" : null),
                body(content, length));
    }

    private Object complete() {
        String upload = uploadId;
        return client.completeMultipartUpload(request -> request.bucket(bucket)
                .key(fullKey)
                .uploadId(upload)
                .ifNoneMatch(mode == CreateMode.FAIL_IF_EXISTS ? "*" : null)
                .multipartUpload(all -> all.parts(parts)));
    }

    private void commit(String name, Callable<Object> request) {
        try {
            exchange.call(name, key.value(), true, () -> noting(request));
        } catch (LakeportException e) {
            settle(e);
        }
    }

    private Object noting(Callable<Object> request) throws Exception {
        boolean before = mayHaveHappened;
        mayHaveHappened = true;
        try {
            return request.call();
        } catch (software.amazon.awssdk.awscore.exception.AwsServiceException e) {
            // An answer below 500 says that it did not happen; before it, a try without an answer may have.
            mayHaveHappened = before || e.statusCode() >= 500;
            throw e;
        }
    }

    private void settle(LakeportException failure) {
        if (!mayHaveHappened || isUnsent(failure)) {
            throw failure;
        }
        Optional<Boolean> ours = isThereOurs(failure);
        if (ours.orElse(false)) {
            return;
        }
        if (failure.is(CoreError.OBJECT_EXISTS)) {
            throw failure;
        }
        if (ours.isPresent() && mode == CreateMode.FAIL_IF_EXISTS) {
            // Whoever wrote it, our conditional write was refused or is gone; a store may hang up while refusing.
            throw new LakeportException(
                    CoreError.OBJECT_EXISTS,
                    "object '" + key + "' exists already in bucket '" + bucket + "' and must not be replaced",
                    failure);
        }
        throwIfRefusedAltogether();
        // Not ours to clean up any more: the store may still be completing it.
        uploadId = null;
        throw new LakeportException(
                        StorageError.WRITE_OUTCOME_UNKNOWN,
                        "whether object '" + key + "' was written to bucket '" + bucket
                                + "' is not known; look whether it appears before writing it again",
                        failure)
                .with("bucket", bucket);
    }

    /**
     * A store may hang up on a write that it refuses before it has read the body, and the reason is lost. It answers a
     * question without a body in full: when that is refused for the bucket or the credentials, so was the write.
     */
    private void throwIfRefusedAltogether() {
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

    private static boolean isUnsent(LakeportException failure) {
        return failure.is(CoreError.HOST_UNREACHABLE) || failure.category() == ErrorCategory.RESOURCE_EXHAUSTED;
    }

    /** Returns whether the object that is there is the one we wrote, empty when none is seen. */
    private Optional<Boolean> isThereOurs(LakeportException failure) {
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
            failure.addSuppressed(e);
            return Optional.empty();
        }
    }

    /** Removes an upload that was begun and not finished, so that its parts are not paid for; idempotent. */
    void abort() {
        String upload = uploadId;
        if (upload == null) {
            return;
        }
        uploadId = null;
        try {
            exchange.call(
                    "s3.abort",
                    key.value(),
                    true,
                    () -> client.abortMultipartUpload(
                            request -> request.bucket(bucket).key(fullKey).uploadId(upload)));
        } catch (LakeportException e) {
            if (!e.is(CoreError.OBJECT_NOT_FOUND)) {
                throw e;
            }
        }
    }
}
