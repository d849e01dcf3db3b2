package io.lakeport.localworkspace.file;

import java.util.List;
import java.util.Optional;

/**
 * What stands behind the URLs of object stores.
 *
 * @param mounts local directories in the place of parts of them
 * @param s3 server of the S3 protocol for all other buckets
 * @param azure server of the Azure Blob protocol for the containers of its account
 */
public record ExternalStores(List<Mount> mounts, Optional<StoreEndpoint> s3, Optional<StoreEndpoint> azure) {
    /** Nothing stands behind any. */
    public static final ExternalStores NONE = new ExternalStores(List.of(), Optional.empty(), Optional.empty());

    public ExternalStores {
        mounts = List.copyOf(mounts);
    }

    /** Returns this with other mounts. */
    public ExternalStores withMounts(List<Mount> others) {
        return new ExternalStores(others, s3, azure);
    }

    /** Returns this with a server of the S3 protocol. */
    public ExternalStores withS3(StoreEndpoint endpoint) {
        return new ExternalStores(mounts, Optional.of(endpoint), azure);
    }

    /** Returns this with a server of the Azure Blob protocol. */
    public ExternalStores withAzure(StoreEndpoint endpoint) {
        return new ExternalStores(mounts, s3, Optional.of(endpoint));
    }
}
