package io.lakeport.core.export.advice;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.sql.NearestName;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.time.Deadline;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Use case: looks at a table and says what an incremental export along one of its columns would lose or double, and how
 * to mend it. It reads the column's values, the table's history and, of the newest five commits that wrote rows, what
 * they wrote: by the change data feed where it is on, otherwise by the difference of two versions, which reads the table
 * twice for each. It changes nothing. Thread-safe.
 */
public final class WatermarkAdvisor {
    private final Warehouse warehouse;
    private final Function<ResultStream, RowCursor> rows;

    /**
     * Creates the advisor over one tenant's warehouse.
     *
     * @param rows reads a small result row by row
     */
    public WatermarkAdvisor(Warehouse warehouse, Function<ResultStream, RowCursor> rows) {
        this.warehouse = warehouse;
        this.rows = rows;
    }

    /**
     * Looks at a column, or at the one that fits best.
     *
     * @param column column to look at; empty to choose by type and name
     * @throws LakeportException INVALID_REQUEST for a column that is not there, naming the nearest; NOT_FOUND or
     *     PERMISSION_DENIED for the table
     */
    public WatermarkAdvice advise(TableName table, Optional<String> column, Deadline deadline) {
        Answers answers = new Answers(warehouse, rows, deadline);
        List<Column> columns = answers.columns(table.quoted());
        Optional<Column> chosen = column.isPresent() ? Optional.of(named(table, column.get(), columns)) : best(columns);
        CommitLog log = CommitLog.of(table, answers);
        boolean feed = log.isKnown() && hasFeed(table, answers);
        Judgement judgement = new Judgement(table, log, feed);
        if (chosen.isEmpty()) {
            return judgement.withoutColumn();
        }
        Column watermark = chosen.get();
        if (!Judgement.canBound(watermark.type())) {
            return judgement.unusable(watermark);
        }
        ColumnFacts facts = ColumnFacts.of(table.quoted(), watermark, answers);
        LateRows late = LateRows.of(table, watermark, columns, log, feed, answers);
        return judgement.of(watermark, facts, late);
    }

    private static Column named(TableName table, String name, List<Column> columns) {
        List<String> names = columns.stream().map(Column::name).toList();
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new LakeportException(
                        CoreError.INVALID_ARGUMENT,
                        table + " has no column '" + name + "'" + NearestName.hint(name, names) + "; it has " + names));
    }

    /** Named for the time of change first, then of creation, of an event, and what no name tells last. */
    private static Optional<Column> best(List<Column> columns) {
        return columns.stream()
                .filter(column -> Judgement.canBound(column.type()))
                .min(Comparator.comparing((Column column) -> !Judgement.isTime(column.type()))
                        .thenComparing(column -> NamedFor.of(column.name())));
    }

    private static boolean hasFeed(TableName table, Answers answers) {
        try {
            return answers.rows("SHOW TBLPROPERTIES " + table.quoted()).stream()
                    .anyMatch(row -> "delta.enableChangeDataFeed".equals(row.get(0))
                            && "true".equalsIgnoreCase(String.valueOf(row.get(1))));
        } catch (LakeportException e) {
            if (e.category() != ErrorCategory.INVALID_REQUEST && e.category() != ErrorCategory.PERMISSION_DENIED) {
                throw e;
            }
            return false;
        }
    }
}
