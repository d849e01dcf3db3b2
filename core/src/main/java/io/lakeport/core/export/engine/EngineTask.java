package io.lakeport.core.export.engine;

import io.lakeport.core.export.journal.RunJournal;
import io.lakeport.core.export.journal.RunPlan;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.port.ExportProgress;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.time.Deadline;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What an engine works on.
 *
 * @param ports of the tenant
 * @param run what the run does
 * @param journal its records
 * @param store its target, opened
 * @param deadline for all of it
 * @param progress called on the calling thread
 */
public record EngineTask(
        ExportPorts ports,
        RunPlan run,
        RunJournal journal,
        ObjectStore store,
        Deadline deadline,
        Consumer<ExportProgress> progress) {
    public EngineTask {
        Objects.requireNonNull(ports, "ports");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(journal, "journal");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(progress, "progress");
    }
}
