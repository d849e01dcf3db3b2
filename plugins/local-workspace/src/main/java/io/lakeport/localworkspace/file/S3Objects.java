package io.lakeport.localworkspace.file;

import io.lakeport.localworkspace.file.ObjectStorage.Objects;
import io.lakeport.localworkspace.file.ObjectStorage.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket of a server of the S3 protocol. */
final class S3Objects implements Objects {
    /** The longest that one request may take, a large file's included. */
    private static final Duration CALL = Duration.ofMinutes(10);

    private final S3Client client;
    private final String bucket;

    S3Objects(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** Connects to a server; the client reads nothing of the process's environment. */
    static S3Client connect(StoreEndpoint endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint.url())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        endpoint.account(), endpoint.key().reveal())))
                .overrideConfiguration(
                        // A server that hangs up on a kept connection makes the client repeat a write that may not be
                        // repeated, and its own first try is then what stands in its way.
                        c -> c.apiCallTimeout(CALL)
                                .putHeader("Connection", "close")
                                .defaultProfileFile(software.amazon.awssdk.profiles.ProfileFile.aggregator()
                                        .build())
                                .defaultProfileName("default"))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T run(String key, Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (S3Exception e) {
            throw switch (e.statusCode()) {
                case 404 -> new NoSuchFileException(key);
                case 403 -> new AccessDeniedException(key);
                case 409, 412 -> new FileAlreadyExistsException(key);
                default -> new IOException("The object store answered " + e.statusCode() + " for " + key, e);
            };
        } catch (SdkException e) {
            throw new IOException("The object store cannot be reached for " + key, e);
        }
    }

    @Override
    public Optional<Stored> find(String key) throws IOException {
        try {
            return run(key, () -> {
                HeadObjectResponse head =
                        client.headObject(r -> r.bucket(bucket).key(key));
                FileEntry entry = new FileEntry(key, false, head.contentLength(), head.lastModified());
                return Optional.of(new Stored(key, entry, head.eTag()));
            });
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Stored> list(String prefix, boolean deep) throws IOException {
        return run(prefix, () -> {
            List<Stored> all = new ArrayList<>();
            client.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix).delimiter(deep ? null : "/"))
                    .forEach(page -> {
                        page.contents()
                                .forEach(o -> all.add(new Stored(
                                        o.key(), new FileEntry(o.key(), false, o.size(), o.lastModified()), o.eTag())));
                        page.commonPrefixes()
                                .forEach(p -> all.add(
                                        new Stored(p.prefix(), new FileEntry(p.prefix(), true, 0, Instant.EPOCH), "")));
                    });
            return all;
        });
    }

    @Override
    public InputStream read(String key, long offset, long length) throws IOException {
        String range = "bytes=" + offset + "-" + (offset + length - 1);
        return run(key, () -> client.getObject(r -> r.bucket(bucket).key(key).range(range)));
    }

    @Override
    public void write(String key, Path content, boolean overwrite) throws IOException {
        run(
                key,
                () -> client.putObject(
                        r -> r.bucket(bucket).key(key).ifNoneMatch(overwrite ? null : "*"),
                        RequestBody.fromFile(content)));
    }

    @Override
    public void copy(String from, String to) throws IOException {
        run(
                from,
                () -> client.copyObject(r -> r.sourceBucket(bucket)
                        .sourceKey(from)
                        .destinationBucket(bucket)
                        .destinationKey(to)));
    }

    @Override
    public void delete(String key) throws IOException {
        run(key, () -> client.deleteObject(r -> r.bucket(bucket).key(key)));
    }

    @Override
    public String identity() {
        return "s3://" + bucket;
    }
}
