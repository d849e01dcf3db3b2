package io.lakeport.core.export.engine;

import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.time.Deadline;
import java.util.Optional;

/** A way in which the rows of a plan become files at the target. Stateless and thread-safe. */
public interface Engine {
    /** Returns its name, for example {@code stream}. */
    String name();

    /**
     * Returns why it cannot do an export for the tenant at present, beyond what the request itself tells; one sentence,
     * empty when nothing is known against it. May ask the workspace, and changes nothing.
     */
    default Optional<String> objection(ExportPorts ports, ExportRequest request, Deadline deadline) {
        return Optional.empty();
    }

    /**
     * Writes the rows, or what an earlier attempt of the run has not written yet. Files are durable when it returns, and
     * seen by nobody: the caller publishes them.
     *
     * @throws io.lakeport.core.error.LakeportException when the rows could not be read or written; what is recorded in
     *     the journal stays
     */
    EngineOutcome write(EngineTask task);
}
