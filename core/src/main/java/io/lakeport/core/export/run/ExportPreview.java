package io.lakeport.core.export.run;

import io.lakeport.core.export.choice.Choice;
import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.request.ExportRequest;
import java.util.Objects;
import java.util.Optional;

/**
 * What the next run of a request would do.
 *
 * @param request what was asked
 * @param sequence number that the run would take
 * @param unfinished the run that would be gone on with, empty when a new one would begin
 * @param plan which rows it would read, empty when there is nothing new
 * @param choice which way they would take, empty when there is nothing new, or an unfinished run says it
 */
public record ExportPreview(
        ExportRequest request,
        long sequence,
        Optional<RunStatus> unfinished,
        Optional<ExportPlan> plan,
        Optional<Choice> choice) {
    public ExportPreview {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(unfinished, "unfinished");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(choice, "choice");
    }
}
