package io.lakeport.storage.s3;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.storage.StorageError;
import io.lakeport.storage.read.ObjectBody;
import io.lakeport.storage.read.ObjectReader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Gets one object, or the rest of it. */
final class S3Reader implements ObjectReader {
    private static final int PRECONDITION_FAILED = 412;

    private final S3Place place;
    private final ObjectKey key;
    private final S3Exchange exchange;
    private final S3Client client;

    S3Reader(S3Place place, ObjectKey key, S3Exchange exchange, S3Client client) {
        this.place = place;
        this.key = key;
        this.exchange = exchange;
        this.client = client;
    }

    @Override
    public ObjectBody open(long offset, String version) {
        try {
            ResponseInputStream<GetObjectResponse> body = client.getObject(request -> request.bucket(place.bucket())
                    .key(place.full(key))
                    .ifMatch(version.isEmpty() ? null : version)
                    .range(range(offset)));
            GetObjectResponse answer = body.response();
            String etag = answer.eTag() == null ? "" : answer.eTag();
            return new ObjectBody(body, etag, offset + answer.contentLength(), body::abort);
        } catch (AwsServiceException e) {
            if (e.statusCode() == PRECONDITION_FAILED) {
                throw new LakeportException(
                        StorageError.OBJECT_CHANGED, where() + " was replaced while it was read; read it again", e);
            }
            throw e;
        }
    }

    private static @Nullable String range(long offset) {
        return offset == 0 ? null : "bytes=" + offset + "-";
    }

    @Override
    public <T> T guarded(Callable<T> request) {
        return exchange.call("s3.get", key.value(), false, request);
    }

    @Override
    public String where() {
        return exchange.where(key.value());
    }
}
