package io.lakeport.localworkspace.governance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A volume: a place for files in a schema.
 *
 * @param name catalog, schema and volume in lower case
 * @param id UUID, the same for the volume's whole life; contents of a managed volume are best kept under it
 * @param external whether its files lie where its creator said
 * @param storageLocation URL of its files, without a slash at the end, for example {@code s3://bucket/path}
 * @param owner user name, application id or group
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
        if (name.size() != 3) {
            throw new IllegalArgumentException("a volume's name has three levels: " + name);
        }
    }

    /** Returns it as what privileges are granted on. */
    public Securable securable() {
        return new Securable(SecurableType.VOLUME, name);
    }

    /** Returns the path of its root as SQL and the Files API write it, for example {@code /Volumes/main/default/v}. */
    public String path() {
        return "/Volumes/" + String.join("/", name);
    }
}
