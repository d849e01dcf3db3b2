package io.lakeport.localworkspace.file;

import java.time.Instant;

/**
 * A file or directory.
 *
 * @param name last part of its path, empty for the root of a store
 * @param size bytes, 0 for a directory
 * @param modified when it was last written, to the millisecond
 */
public record FileEntry(String name, boolean directory, long size, Instant modified) {}
