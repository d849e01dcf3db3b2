package io.lakeport.localworkspace.file;

import java.nio.file.Path;

/**
 * A part of an object store that a local directory stands in for.
 *
 * @param url for example {@code s3://bucket/prefix}, {@code abfss://container@account.dfs.core.windows.net}
 * @param directory what is in it; created when missing
 */
public record Mount(String url, Path directory) {
    /**
     * Reads {@code URL=DIRECTORY}.
     *
     * @throws IllegalArgumentException with a sentence for the user when it is not of that form
     */
    public static Mount parse(String text) {
        // Names of local directories may hold the sign, names of buckets and containers do not.
        int equals = text.indexOf('=');
        if (equals <= 0 || equals == text.length() - 1 || !text.contains("://")) {
            throw new IllegalArgumentException(
                    "--mount needs URL=DIRECTORY, for example s3://bucket=/data, but got " + text);
        }
        Mount mount = new Mount(text.substring(0, equals), Path.of(text.substring(equals + 1)));
        try {
            FilePath.Kind kind = FilePath.parse(mount.url).kind();
            if (kind == FilePath.Kind.VOLUME || kind == FilePath.Kind.DBFS || kind == FilePath.Kind.LOCAL) {
                throw new IllegalArgumentException("--mount needs the URL of an object store, but got " + mount.url);
            }
        } catch (FileError e) {
            throw new IllegalArgumentException("--mount: " + e.getMessage(), e);
        }
        return mount;
    }
}
