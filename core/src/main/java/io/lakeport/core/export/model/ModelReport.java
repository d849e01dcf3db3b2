package io.lakeport.core.export.model;

import java.util.List;
import java.util.Objects;

/**
 * What came of holding the rows of one run against a model. It holds counts, and no value of any row.
 *
 * @param model name of the model
 * @param rows how many rows were looked at
 * @param violations what does not conform, in the order of the model; empty when all does
 */
public record ModelReport(String model, long rows, List<ModelViolation> violations) {
    public ModelReport {
        Objects.requireNonNull(model, "model");
        violations = List.copyOf(violations);
    }

    /** Returns whether everything is as declared. */
    public boolean conforms() {
        return violations.isEmpty();
    }
}
