package io.lakeport.localworkspace.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A volume: a place for files in a schema.
 *
 * @param name catalog, schema and volume in lower case
 * @param id UUID, the same for the volume's whole life; a managed volume's files are kept under it
 * @param external whether its files lie where its creator said
 * @param storageLocation URL of its files, without a slash at the end
 * @param owner principal that owns it
 * @param comment {@code null} for none
 */
public record Volume(
        List<String> name,
        String id,
        boolean external,
        String storageLocation,
        String owner,
        @Nullable String comment) {
    public Volume {
        name = List.copyOf(name);
    }

    /** Returns the path of its root, for example {@code /Volumes/main/default/v}. */
    public String path() {
        return "/Volumes/" + String.join("/", name);
    }
}
