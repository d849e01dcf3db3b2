package io.lakeport.core.export.source;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.request.Increment;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.query.Column;
import io.lakeport.core.time.Deadline;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Chooses the next window of an incremental export: {@code low <= watermark < high}, with {@code low} the end of the
 * window before, less the look-back.
 *
 * <p>Every window ends where no more rows can be expected:
 *
 * <ul>
 *   <li>TIMESTAMP: the workspace's clock, less the settle time. The clock is read before the version is pinned, so that a
 *       row stamped before the clock's time is in that version, if it was committed within the settle time;
 *   <li>DATE and TIMESTAMP_NTZ: the same moment on the wall clock of the declared zone, or of the zone furthest behind:
 *       a day that still goes on somewhere, or an hour that summer time's end will repeat, waits for the next window;
 *   <li>integers: the greatest value there is, itself left for the next window because more rows may come to carry it;
 *       included when the source is declared append-only.
 * </ul>
 *
 * <p>A clock that went back yields no window until it has passed the end of the last one.
 */
final class WindowPlanner {
    private final SmallResult results;
    private final ExportRequest request;

    WindowPlanner(ExportPorts ports, ExportRequest request) {
        this.results = new SmallResult(ports);
        this.request = request;
    }

    /**
     * Returns the window after another; empty when the source holds nothing beyond it.
     *
     * @param relation the source at the version that is read
     * @param clock the workspace's clock, read before that version was
     */
    Optional<ExportWindow> next(
            SourceColumns columns, Optional<ExportWindow> previous, String relation, Instant clock, Deadline deadline) {
        Column column = columns.watermark();
        WatermarkOrder order = WatermarkOrder.of(column.type())
                .orElseThrow(() -> unusable(
                        column.name(),
                        "its type " + column.type() + " does not order rows; use a timestamp, date or integer that is"
                                + " set whenever a row changes"));
        checkTimes(column, order);
        checkNoNulls(column, relation, deadline);
        Optional<String> reached = previous.map(ExportWindow::high);
        return end(column, order, relation, clock, deadline)
                .filter(high -> reached.isEmpty() || order.compare(high, reached.get()) > 0)
                .map(high -> new ExportWindow(
                        column.name(),
                        order.parameter(column.type(), high),
                        reached.map(bound -> increment().lookBack().isZero()
                                ? bound
                                : order.back(bound, increment().lookBack())),
                        high));
    }

    private Increment increment() {
        return request.increment().orElseThrow();
    }

    private void checkTimes(Column column, WatermarkOrder order) {
        boolean timed =
                !increment().lookBack().isZero() || !increment().settle().isZero();
        if (order == WatermarkOrder.NUMBER && timed) {
            throw unusable(
                    column.name(),
                    "it is " + column.type() + ", and a "
                            + (increment().lookBack().isZero() ? "settle" : "look-back")
                            + " time cannot be taken from a number; use a date or timestamp column, or leave it out");
        }
    }

    private void checkNoNulls(Column column, String relation, Deadline deadline) {
        String sql = "SELECT count(*) FROM " + relation + " WHERE " + SourceColumns.quoted(column) + " IS NULL";
        long nulls = results.single(sql, deadline, cursor -> cursor.getLong(0)).orElse(0L);
        if (nulls > 0) {
            throw unusable(
                    column.name(),
                    nulls + " rows have NULL in it and would never be exported; "
                            + "fill it (for example with current_timestamp() whenever a row is written) or export in full");
        }
    }

    private Optional<String> end(
            Column column, WatermarkOrder order, String relation, Instant clock, Deadline deadline) {
        Duration settle = increment().settle();
        Instant settled = clock.minus(settle).truncatedTo(ChronoUnit.MICROS);
        LocalDateTime passed = WallClock.passed(settled, increment().zone());
        return switch (order) {
            case INSTANT -> Optional.of(settled.toString());
            case WALL_CLOCK -> Optional.of(WatermarkOrder.text(passed));
            case DAY -> Optional.of(passed.toLocalDate().toString());
            case NUMBER -> greatest(column, relation, deadline);
        };
    }

    private Optional<String> greatest(Column column, String relation, Deadline deadline) {
        String sql = "SELECT CAST(max(" + SourceColumns.quoted(column) + ") AS STRING) FROM " + relation;
        Optional<String> greatest = results.single(sql, deadline, cursor -> cursor.getString(0));
        return increment().appendOnly()
                ? greatest.map(text -> new BigInteger(text).add(BigInteger.ONE).toString())
                : greatest;
    }

    private LakeportException unusable(String column, String why) {
        return new LakeportException(
                CoreError.WATERMARK_UNUSABLE,
                "watermark column '" + column + "' of " + request.source() + " cannot be used: " + why);
    }
}
