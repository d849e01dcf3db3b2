package io.lakeport.storage.s3;

import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.store.ObjectStoreProvider;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Makes stores for {@code s3://bucket/prefix/}.
 *
 * <p>Properties: {@code access_key_id} and the secret {@code secret_access_key} (required unless {@code credentials} is
 * {@code vended}), the secret {@code session_token}, {@code region} (required without an endpoint), {@code endpoint}
 * (another server than AWS; https, or http on this machine), {@code path_style} (default: true with an endpoint),
 * {@code role_arn}, {@code external_id}, {@code role_session_name}, {@code sts_endpoint}, {@code sse},
 * {@code sse_kms_key_id}, and those of {@link io.lakeport.storage.part.TransferLimits}. Nothing is read from the
 * environment, profile files or an instance's metadata. All of it: docs/stores.md.
 */
public final class S3ObjectStoreProvider implements ObjectStoreProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public S3ObjectStoreProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("s3");
    }

    @Override
    public ObjectStore open(ObjectStoreContext context) {
        S3Settings settings = S3Settings.of(context);
        S3Identity identity = S3Identity.of(settings, context);
        S3Client client = S3Clients.open(settings, identity, context);
        return new S3ObjectStore(settings, new S3Exchange(settings, identity, context), client, identity::close);
    }
}
