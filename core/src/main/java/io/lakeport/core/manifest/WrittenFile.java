package io.lakeport.core.manifest;

import io.lakeport.core.store.ObjectInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A finished file of an export.
 *
 * @param object key, size and checksum
 * @param rows rows in it
 * @param partition partition values as their directory names spell them before escaping, in partition order
 */
public record WrittenFile(ObjectInfo object, long rows, Map<String, String> partition) {
    public WrittenFile {
        Objects.requireNonNull(object, "object");
        partition = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(partition));
    }
}
