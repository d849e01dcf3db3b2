package io.lakeport.core.export.model;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.port.PlanGate;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.time.Deadline;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Lets a run begin when its rows conform to a model, or tells only that they do not. Thread-safe. */
public final class ModelGate implements PlanGate {
    private static final int MOST_TOLD = 20;

    private final ModelCheck check;
    private final DataModel model;
    private final boolean refusing;
    private final Consumer<ModelReport> reports;

    /**
     * Creates the gate.
     *
     * @param refusing whether a violation ends the export before anything is written
     * @param reports takes the report of each run that is planned, before the run is refused or begins
     */
    public ModelGate(ExportPorts ports, DataModel model, boolean refusing, Consumer<ModelReport> reports) {
        this.check = new ModelCheck(ports, model);
        this.model = model;
        this.refusing = refusing;
        this.reports = reports;
    }

    @Override
    public void admit(ExportRequest request, ExportPlan plan, Deadline deadline) {
        ModelReport report = check.of(request, plan, deadline);
        reports.accept(report);
        if (refusing && !report.conforms()) {
            throw new LakeportException(
                    CoreError.MODEL_VIOLATED,
                    request.source() + " does not conform to data model '" + model.name() + "': "
                            + report.violations().stream()
                                    .limit(MOST_TOLD)
                                    .map(ModelViolation::toString)
                                    .collect(Collectors.joining("; "))
                            + (report.violations().size() > MOST_TOLD
                                    ? "; and " + (report.violations().size() - MOST_TOLD) + " more"
                                    : "")
                            + "; nothing was written; mend the source or the model, or let violations be reported only");
        }
    }
}
