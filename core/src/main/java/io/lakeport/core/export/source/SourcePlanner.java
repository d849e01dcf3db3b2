package io.lakeport.core.export.source;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Chooses which rows the next run of a request reads. */
public final class SourcePlanner {
    private final ExportPorts ports;
    private final ExportRequest request;

    /** Creates the planner of one request. */
    public SourcePlanner(ExportPorts ports, ExportRequest request) {
        this.ports = ports;
        this.request = request;
    }

    /**
     * Returns the plan of the run after these, oldest first; empty when the source holds nothing beyond them.
     *
     * @throws LakeportException INVALID_REQUEST for a watermark that cannot bound windows, or columns that changed
     */
    public Optional<ExportPlan> next(List<ExportManifest> history, Deadline deadline) {
        OptionalLong version = new Snapshots(ports).newest(request.source(), deadline);
        String relation = Snapshots.relation(request.source(), version);
        ResultSchema schema = new SmallResult(ports).schema("SELECT * FROM " + relation + " LIMIT 0", deadline);
        Optional<ExportWindow> window = Optional.empty();
        if (request.increment().isPresent()) {
            Optional<ExportManifest> newest =
                    history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1));
            newest.ifPresent(previous -> checkSchema(previous, schema));
            window = new WindowPlanner(ports, request).next(schema, newest, deadline);
            if (window.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(new ExportPlan(version, window, Optional.empty(), schema.columns(), Set.of()));
    }

    private void checkSchema(ExportManifest previous, ResultSchema now) {
        if (!previous.columns().equals(now.columns())) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "the columns of " + request.source() + " changed since run " + previous.sequence() + " at '"
                            + request.target() + "': it had " + previous.columns() + " and now has " + now.columns()
                            + "; export to another target");
        }
    }
}
