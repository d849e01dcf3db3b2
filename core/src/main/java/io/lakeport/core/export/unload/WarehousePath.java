package io.lakeport.core.export.unload;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a warehouse names a place that an object store's URI names for this process.
 *
 * @param text path for a statement, ending in a slash: {@code s3://bucket/prefix/} or {@code /Volumes/c/s/v/}
 */
public record WarehousePath(String text) {
    private static final Pattern VOLUME = Pattern.compile("/Volumes/[^/]+/[^/]+/[^/]+/");
    private static final Set<String> SHARED = Set.of("s3", "abfss", "gs", "dbfs");

    /** Returns the path of a location, empty when a warehouse cannot reach it: a directory of this machine. */
    public static Optional<WarehousePath> of(URI location) {
        String scheme = String.valueOf(location.getScheme());
        if (scheme.equals("volume")) {
            return Optional.of(new WarehousePath(location.getPath()));
        }
        return SHARED.contains(scheme) ? Optional.of(new WarehousePath(location.toString())) : Optional.empty();
    }

    /** Returns the path of a folder in it; {@code folder} ends in a slash. */
    public WarehousePath child(String folder) {
        return new WarehousePath(text + folder);
    }

    /** Returns the root of the volume that it lies in, empty when it lies in none. */
    public Optional<WarehousePath> volume() {
        Matcher matcher = VOLUME.matcher(text);
        return matcher.lookingAt() ? Optional.of(new WarehousePath(matcher.group())) : Optional.empty();
    }

    /** Returns it as a string literal of Databricks SQL. */
    public String literal() {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
