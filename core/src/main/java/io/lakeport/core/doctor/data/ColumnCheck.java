package io.lakeport.core.doctor.data;

import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.sql.NearestName;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the table has the columns that are needed. */
final class ColumnCheck extends DataCheck {
    ColumnCheck() {
        super("columns", "read");
    }

    @Override
    public String tried(Visit visit) {
        return "look for columns " + String.join(", ", visit.request().columns());
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        List<String> there = visit.noted(ReadCheck.Columns.class)
                .map(ReadCheck.Columns::names)
                .orElse(List.of());
        List<String> missing = visit.request().columns().stream()
                .filter(name -> there.stream().noneMatch(name::equalsIgnoreCase))
                .toList();
        if (missing.isEmpty()) {
            return Outcome.passed("all there");
        }
        String said = missing.stream()
                .map(name -> "no column '" + name + "'" + NearestName.hint(name, there))
                .collect(Collectors.joining("; "));
        return Outcome.failed(DataCause.COLUMN_NOT_FOUND, said + "; there are " + String.join(", ", there));
    }
}
