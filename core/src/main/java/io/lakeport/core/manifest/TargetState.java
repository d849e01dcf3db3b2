package io.lakeport.core.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a reader of a target sees after its runs: the files that count. Immutable.
 *
 * @param sequence number of the newest run; 0 when there is none
 * @param files files that count, in the order of their runs; for {@link ExportMode#MERGE} a later file's row of a key
 *     hides an earlier one's
 */
public record TargetState(long sequence, List<LiveFile> files) {
    /**
     * A file that counts.
     *
     * @param sequence run that wrote it
     * @param file the file
     */
    public record LiveFile(long sequence, WrittenFile file) {}

    public TargetState {
        files = List.copyOf(files);
    }

    /** Returns the state after these manifests, oldest first. */
    public static TargetState after(List<ExportManifest> manifests) {
        List<LiveFile> live = new ArrayList<>();
        for (ExportManifest manifest : manifests) {
            switch (manifest.mode()) {
                case CREATE, APPEND, MERGE -> {}
                case OVERWRITE -> live.clear();
                case OVERWRITE_PARTITIONS ->
                    live.removeIf(old ->
                            manifest.replacedPartitions().contains(old.file().partition()));
            }
            manifest.files().forEach(file -> live.add(new LiveFile(manifest.sequence(), file)));
        }
        return new TargetState(newest(manifests).map(ExportManifest::sequence).orElse(0L), live);
    }

    private static Optional<ExportManifest> newest(List<ExportManifest> manifests) {
        return manifests.isEmpty() ? Optional.empty() : Optional.of(manifests.get(manifests.size() - 1));
    }
}
