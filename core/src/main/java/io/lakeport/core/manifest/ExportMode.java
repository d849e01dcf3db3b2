package io.lakeport.core.manifest;

/** What a run does to what the target held before. Readers learn it from the manifest; no file is ever changed. */
public enum ExportMode {
    /** The target must hold no export yet. */
    CREATE,
    /** The run replaces everything; readers see the old state or the new one, never a mix. */
    OVERWRITE,
    /** The run adds to what is there. */
    APPEND,
    /** The run replaces the partitions it read again, and leaves the others. */
    OVERWRITE_PARTITIONS,
    /** The run adds changes; of each key the newest row counts, and a deleted one no longer. */
    MERGE
}
