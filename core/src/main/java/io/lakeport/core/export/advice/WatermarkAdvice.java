package io.lakeport.core.export.advice;

import io.lakeport.core.export.request.Increment;
import io.lakeport.core.sql.TableName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was found about exporting a table in increments.
 *
 * @param table the table
 * @param column the column that was looked at, empty when the table has none that could be a watermark
 * @param findings most severe first
 * @param proposal the increment that loses nothing as far as could be seen, empty when the table must be changed first
 */
public record WatermarkAdvice(
        TableName table, Optional<String> column, List<AdviceFinding> findings, Optional<Increment> proposal) {
    public WatermarkAdvice {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(proposal, "proposal");
        findings = findings.stream()
                .sorted((a, b) -> b.severity().compareTo(a.severity()))
                .toList();
    }

    /** Returns the most severe finding's severity. */
    public AdviceFinding.Severity severity() {
        return findings.isEmpty()
                ? AdviceFinding.Severity.GOOD
                : findings.get(0).severity();
    }
}
