package io.lakeport.core.export.schedule;

import io.lakeport.core.job.JobRun;
import io.lakeport.core.manifest.ExportManifest;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a run that the workspace began by itself.
 *
 * @param run the run
 * @param manifest its manifest, empty when it was not published
 * @param note why it was not, one sentence; empty text when it was
 */
public record CollectedRun(JobRun run, Optional<ExportManifest> manifest, String note) {
    public CollectedRun {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(note, "note");
    }

    static CollectedRun published(JobRun run, ExportManifest manifest) {
        return new CollectedRun(run, Optional.of(manifest), "");
    }

    static CollectedRun refused(JobRun run, String why) {
        return new CollectedRun(run, Optional.empty(), why);
    }
}
