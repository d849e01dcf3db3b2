package io.lakeport.core.doctor;

import io.lakeport.core.sql.TableName;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to check beyond the connection itself.
 *
 * @param table a table or view that is to be read
 * @param columns columns of it that are needed; empty for none in particular
 * @param write whether rows are to be written to it as well
 * @param exportTarget where the workspace is to write files
 * @param monitoring whether system tables and jobs are to be read
 * @param timeout for all checks together; positive
 */
public record DoctorRequest(
        Optional<TableName> table,
        List<String> columns,
        boolean write,
        Optional<URI> exportTarget,
        boolean monitoring,
        Duration timeout) {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    public DoctorRequest {
        Objects.requireNonNull(table, "table");
        columns = List.copyOf(columns);
        Objects.requireNonNull(exportTarget, "exportTarget");
        if (table.isEmpty() && (!columns.isEmpty() || write)) {
            throw new IllegalArgumentException("which table? columns and writing are checked on a table that is named");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the timeout must be positive");
        }
    }

    /** Returns a request for the connection alone. */
    public static DoctorRequest connection() {
        return builder().build();
    }

    /** Begins a request. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects a request. Not thread-safe. */
    public static final class Builder {
        private Optional<TableName> table = Optional.empty();
        private final List<String> columns = new ArrayList<>();
        private boolean write;
        private Optional<URI> exportTarget = Optional.empty();
        private boolean monitoring;
        private Duration timeout = TIMEOUT;

        private Builder() {}

        /** Names a table or view that is to be read. */
        public Builder table(TableName name) {
            table = Optional.of(name);
            return this;
        }

        /** Names a column that the table must have; may be repeated. */
        public Builder column(String name) {
            columns.add(Objects.requireNonNull(name, "name"));
            return this;
        }

        /** Asks whether rows can be written to the table. */
        public Builder write(boolean wanted) {
            write = wanted;
            return this;
        }

        /** Names the place where the workspace is to write files. */
        public Builder exportTarget(URI target) {
            exportTarget = Optional.of(target);
            return this;
        }

        /** Asks for system tables and jobs. */
        public Builder monitoring(boolean wanted) {
            monitoring = wanted;
            return this;
        }

        /** Sets how long the whole may take; 5 minutes when not set, since a warehouse may have to start. */
        public Builder timeout(Duration time) {
            timeout = Objects.requireNonNull(time, "time");
            return this;
        }

        /** Returns the request. */
        public DoctorRequest build() {
            return new DoctorRequest(table, columns, write, exportTarget, monitoring, timeout);
        }
    }
}
