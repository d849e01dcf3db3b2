package io.lakeport.localworkspace.file;

import io.lakeport.localworkspace.file.FileError.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A path as statements and APIs write it, in one form. {@code /Volumes/…}, {@code dbfs:/Volumes/…} and {@code
 * /dbfs/Volumes/…} mean the same, and so do {@code /x}, {@code dbfs:/x} and {@code /dbfs/x}.
 *
 * @param kind which store it is in
 * @param authority bucket, or container and account; empty for the workspace's own stores
 * @param parts names from the root down; none of them is empty, {@code .} or {@code ..}
 * @param written the text that was parsed
 */
public record FilePath(Kind kind, String authority, List<String> parts, String written) {
    /** The stores. */
    public enum Kind {
        /** Below {@code /Volumes}; the parts begin with catalog, schema and volume. */
        VOLUME,
        /** The workspace's root store. */
        DBFS,
        /** The local disk. */
        LOCAL,
        /** Amazon S3. */
        S3,
        /** Azure Data Lake or Blob storage. */
        AZURE,
        /** Google Cloud Storage. */
        GOOGLE
    }

    private static final int NAME_LIMIT = 255;

    public FilePath {
        parts = List.copyOf(parts);
    }

    /**
     * Parses a path.
     *
     * @throws FileError INVALID_PATH when it is none, or has {@code .} or {@code ..} in it
     */
    public static FilePath parse(String text) {
        int colon = text.indexOf(':');
        String scheme = colon > 0 && text.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+]*")
                ? text.substring(0, colon).toLowerCase(Locale.ROOT)
                : "";
        String rest = scheme.isEmpty() ? text : text.substring(colon + 1);
        return switch (scheme) {
            case "", "dbfs" -> workspace(text, rest);
            case "file" -> new FilePath(Kind.LOCAL, "", split(text, rest), text);
            case "s3", "s3a", "s3n" -> cloud(Kind.S3, text, rest);
            case "abfs", "abfss", "wasb", "wasbs" -> cloud(Kind.AZURE, text, rest);
            case "gs" -> cloud(Kind.GOOGLE, text, rest);
            default -> throw new FileError(Reason.INVALID_PATH, text, "No file system for scheme: " + scheme);
        };
    }

    private static FilePath workspace(String text, String rest) {
        if (!rest.startsWith("/")) {
            throw new FileError(Reason.INVALID_PATH, text, "Path must be absolute: " + text);
        }
        List<String> parts = split(text, rest);
        if (text.startsWith("/") && !parts.isEmpty() && parts.get(0).equals("dbfs")) {
            parts = parts.subList(1, parts.size());
        }
        if (!parts.isEmpty() && parts.get(0).equalsIgnoreCase("Volumes")) {
            return new FilePath(Kind.VOLUME, "", parts.subList(1, parts.size()), text);
        }
        return new FilePath(Kind.DBFS, "", parts, text);
    }

    private static FilePath cloud(Kind kind, String text, String rest) {
        String path = rest.startsWith("//") ? rest.substring(2) : "";
        int slash = path.indexOf('/');
        String authority = slash < 0 ? path : path.substring(0, slash);
        if (authority.isEmpty()) {
            throw new FileError(Reason.INVALID_PATH, text, "The URL names no bucket or container: " + text);
        }
        return new FilePath(kind, authority, split(text, slash < 0 ? "" : path.substring(slash)), text);
    }

    private static List<String> split(String text, String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (part.equals(".") || part.equals("..") || part.chars().anyMatch(c -> c < ' ')) {
                throw new FileError(
                        Reason.INVALID_PATH, text, "The path must not have '.' or '..' or control characters: " + text);
            }
            if (part.length() > NAME_LIMIT) {
                throw new FileError(Reason.INVALID_PATH, text, "A name in the path is longer than " + NAME_LIMIT);
            }
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** Returns the path of a child. */
    public FilePath child(String name) {
        List<String> all = new ArrayList<>(parts);
        all.add(name);
        return new FilePath(kind, authority, all, written);
    }

    /** Returns the path in its usual form: {@code /Volumes/…}, {@code dbfs:/…}, {@code s3://…}. */
    public String text() {
        return switch (kind) {
            case VOLUME -> "/Volumes" + joined();
            case DBFS -> "dbfs:" + (parts.isEmpty() ? "/" : joined());
            case LOCAL -> "file:" + joined();
            default -> written.substring(0, written.indexOf("://")) + "://" + authority + joined();
        };
    }

    /** Returns the path as Spark's {@code _metadata.file_path} has it. */
    public String uri() {
        return kind == Kind.VOLUME ? "dbfs:" + text() : text();
    }

    /** Returns the parts from one on, joined by slashes; empty for the root there. */
    String key(int from) {
        return String.join("/", parts.subList(Math.min(from, parts.size()), parts.size()));
    }

    private String joined() {
        StringBuilder out = new StringBuilder();
        parts.forEach(p -> out.append('/').append(p));
        return out.toString();
    }
}
