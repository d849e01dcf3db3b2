package io.lakeport.storage.s3;

import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.store.ObjectStoreProvider;
import java.util.Set;

/**
 * Makes stores for {@code s3://bucket/prefix/}.
 *
 * <p>Properties: {@code access_key_id} (required), {@code region} (required without an endpoint), {@code endpoint}
 * (another server than AWS; https, or http on this machine), {@code path_style} (default: true with an endpoint).
 * Secrets: {@code secret_access_key} (required), {@code session_token}. Nothing is read from the environment, profile
 * files or an instance's metadata.
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
        return new S3ObjectStore(settings, new S3Exchange(settings, context), S3Clients.open(settings, context));
    }
}
