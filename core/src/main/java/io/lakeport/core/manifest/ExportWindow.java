package io.lakeport.core.manifest;

import io.lakeport.core.sql.SqlParameter;
import io.lakeport.core.sql.SqlType;
import java.util.Objects;
import java.util.Optional;

/**
 * The half-open part {@code low <= column < high} of a source that one run exports. Windows of consecutive runs touch,
 * so a row on a boundary is in exactly one of them; they overlap by the look-back where an export has one.
 *
 * @param column watermark column
 * @param type its type
 * @param low lower bound as a literal of the type, empty for the first window
 * @param high upper bound as a literal of the type
 */
public record ExportWindow(String column, SqlType type, Optional<String> low, String high) {
    /** Name of the parameter that carries the lower bound. */
    public static final String LOW = "lakeport_low";
    /** Name of the parameter that carries the upper bound. */
    public static final String HIGH = "lakeport_high";

    public ExportWindow {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(low, "low");
        Objects.requireNonNull(high, "high");
    }

    /** Returns the lower bound as a parameter, empty for the first window. */
    public Optional<SqlParameter> lowParameter() {
        return low.map(text -> new SqlParameter(LOW, type.toString(), Optional.of(text)));
    }

    /** Returns the upper bound as a parameter. */
    public SqlParameter highParameter() {
        return new SqlParameter(HIGH, type.toString(), Optional.of(high));
    }

    /** Returns the window for a person, for example {@code updated_at in [2026-01-01T00:00:00Z, …)}. */
    @Override
    public String toString() {
        return column + " in [" + low.orElse("…") + ", " + high + ")";
    }
}
