package io.lakeport.storage.s3;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectKey;
import java.net.URI;

/**
 * The part of a bucket that a store is.
 *
 * @param root as configured, ending in a slash
 * @param bucket name of the bucket
 * @param prefix what every key begins with in the bucket; empty, or ending in a slash
 */
record S3Place(String root, String bucket, String prefix) {
    static S3Place of(URI root) {
        String bucket = root.getAuthority();
        if (bucket == null || bucket.isEmpty()) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    "store '" + root + "' names no bucket; expected s3://bucket/prefix/");
        }
        return new S3Place(root.toString(), bucket, prefix(root));
    }

    private static String prefix(URI root) {
        String path = root.getPath();
        try {
            if (path.equals("/")) {
                return "";
            }
            // The rules of keys hold for prefixes as well: one with '..' would be another prefix to some servers.
            ObjectKey.of(path.substring(1, path.length() - 1));
            return path.substring(1);
        } catch (IllegalArgumentException e) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    "store '" + root + "' has a prefix that is none: " + e.getMessage(),
                    e);
        }
    }

    /** Returns the object's whole key in the bucket. */
    String full(ObjectKey key) {
        return prefix + key.value();
    }
}
