package io.lakeport.storage.volume;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectKey;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a volume that a store is.
 *
 * @param root as configured, ending in a slash
 * @param folder decoded path, such as {@code /Volumes/main/default/files/exports/}, ending in a slash
 */
record VolumePlace(String root, String folder) {
    private static final String FILES = "/api/2.0/fs/files";
    private static final String DIRECTORIES = "/api/2.0/fs/directories";
    /** Volumes, catalog, schema, volume. */
    private static final int LEAST_SEGMENTS = 4;

    static VolumePlace of(URI root) {
        String path = root.getPath();
        if (path == null || root.getRawAuthority() != null) {
            throw illegal(root, "expected volume:/Volumes/catalog/schema/volume/folder/", null);
        }
        try {
            String[] segments =
                    ObjectKey.of(path.substring(1, path.length() - 1)).value().split("/");
            if (segments.length >= LEAST_SEGMENTS && segments[0].equals("Volumes")) {
                return new VolumePlace(root.toString(), path);
            }
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw illegal(root, "its path is none: " + e.getMessage(), e);
        }
        throw illegal(root, "expected volume:/Volumes/catalog/schema/volume/folder/", null);
    }

    private static LakeportException illegal(URI root, String why, @Nullable Throwable cause) {
        return new LakeportException(
                CoreError.INVALID_CONFIGURATION, "store '" + root + "' cannot be opened: " + why, cause);
    }

    /** Returns catalog, schema and volume, for messages. */
    String volume() {
        String[] segments = folder.split("/");
        return segments[2] + "." + segments[3] + "." + segments[4];
    }

    /** Returns the API's path of an object. */
    String file(ObjectKey key) {
        return FILES + encode(folder + key.value());
    }

    /** Returns the API's path of a folder, given as its decoded path. */
    static String directory(String path) {
        return DIRECTORIES + encode(path);
    }

    static String encode(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%2F", "/");
    }
}
