package io.lakeport.core.query;

import io.lakeport.core.sql.SqlParameter;
import io.lakeport.core.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * One statement to run. Immutable; each built request has a tag of its own, by which its outcome can be looked up in
 * the query history when the answer was lost. Its {@link #toString()} hides SQL text and parameters.
 */
public final class StatementRequest {
    private final String sql;
    private final List<SqlParameter> parameters;
    private final Optional<String> catalog;
    private final Optional<String> schema;
    private final Purpose purpose;
    private final OptionalLong rowLimit;
    private final Deadline deadline;
    private final String tag;

    private StatementRequest(Builder builder, Deadline deadline) {
        this.sql = builder.sql;
        this.parameters = List.copyOf(builder.parameters);
        this.catalog = builder.catalog;
        this.schema = builder.schema;
        this.purpose = builder.purpose;
        this.rowLimit = builder.rowLimit;
        this.deadline = deadline;
        this.tag = builder.tag;
    }

    /** Begins a request for a statement; {@code sql} is not blank and may name parameters as {@code :name}. */
    public static Builder of(String sql) {
        return new Builder(sql);
    }

    /** Returns the SQL text. Never log it: use {@link io.lakeport.core.sql.SqlFingerprint}. */
    public String sql() {
        return sql;
    }

    /** Returns the named parameters, in the order they were given. */
    public List<SqlParameter> parameters() {
        return parameters;
    }

    /** Returns the catalog for names with fewer than three levels, empty for the tenant's. */
    public Optional<String> catalog() {
        return catalog;
    }

    /** Returns the schema for bare names, empty for the tenant's. */
    public Optional<String> schema() {
        return schema;
    }

    /** Returns why the statement runs. */
    public Purpose purpose() {
        return purpose;
    }

    /** Returns how many rows the result may have at most; a cut result is not an error then. */
    public OptionalLong rowLimit() {
        return rowLimit;
    }

    /** Returns when statement and first result must be there; the statement is cancelled on the server otherwise. */
    public Deadline deadline() {
        return deadline;
    }

    /** Returns the unique tag of this request: 32 hexadecimal digits. */
    public String tag() {
        return tag;
    }

    @Override
    public String toString() {
        return "StatementRequest[" + purpose + ", tag " + tag + "]";
    }

    /** Collects a request. Not thread-safe. */
    public static final class Builder {
        private final String sql;
        private final List<SqlParameter> parameters = new ArrayList<>();
        private Optional<String> catalog = Optional.empty();
        private Optional<String> schema = Optional.empty();
        private Purpose purpose = Purpose.ANALYTICS;
        private OptionalLong rowLimit = OptionalLong.empty();
        private String tag = UUID.randomUUID().toString().replace("-", "");

        private Builder(String sql) {
            this.sql = Objects.requireNonNull(sql, "sql");
            if (sql.isBlank()) {
                throw new IllegalArgumentException("the SQL text is empty; give a statement, for example SELECT 1");
            }
        }

        /** Adds a parameter. */
        public Builder parameter(SqlParameter parameter) {
            parameters.add(parameter);
            return this;
        }

        /** Sets the catalog for names with fewer than three levels. */
        public Builder catalog(Optional<String> name) {
            this.catalog = name;
            return this;
        }

        /** Sets the schema for bare names. */
        public Builder schema(Optional<String> name) {
            this.schema = name;
            return this;
        }

        /** Sets why the statement runs; ANALYTICS when not set. */
        public Builder purpose(Purpose why) {
            this.purpose = Objects.requireNonNull(why, "why");
            return this;
        }

        /** Sets how many rows the result may have at most; positive. */
        public Builder rowLimit(long rows) {
            if (rows <= 0) {
                throw new IllegalArgumentException("row limit " + rows + " is not positive");
            }
            this.rowLimit = OptionalLong.of(rows);
            return this;
        }

        /**
         * Sets the tag, for a caller that must know it before the statement runs; random when not set. It is given to
         * one statement only.
         *
         * @param unique 32 hexadecimal digits
         */
        public Builder tag(String unique) {
            if (!unique.matches("[0-9a-f]{32}")) {
                throw new IllegalArgumentException("statement tag '" + unique + "' is not 32 hexadecimal digits");
            }
            this.tag = unique;
            return this;
        }

        /** Returns the request; it must have a result by {@code deadline}. */
        public StatementRequest build(Deadline deadline) {
            return new StatementRequest(this, Objects.requireNonNull(deadline, "deadline"));
        }
    }
}
