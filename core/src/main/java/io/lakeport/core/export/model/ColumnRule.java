package io.lakeport.core.export.model;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What every value of a column must be. NULL conforms to every rule but {@link NotNull}. Immutable.
 *
 * <p>Each rule gives the SQL aggregate that counts the rows which break it; the warehouse counts, and no row travels.
 */
public sealed interface ColumnRule {
    /** Returns the aggregate; {@code column} is quoted, and values enter by {@code values} alone. */
    String broken(String column, BoundValues values);

    /** Returns the rule as a person says it, for example {@code is not NULL}. */
    String text();

    /** No value is missing. */
    record NotNull() implements ColumnRule {
        @Override
        public String broken(String column, BoundValues values) {
            return "count_if(" + column + " IS NULL)";
        }

        @Override
        public String text() {
            return "is not NULL";
        }
    }

    /** No value stands twice. */
    record Unique() implements ColumnRule {
        @Override
        public String broken(String column, BoundValues values) {
            return "count(" + column + ") - count(DISTINCT " + column + ")";
        }

        @Override
        public String text() {
            return "is unique";
        }
    }

    /**
     * Values lie between bounds, which belong to them.
     *
     * @param min least value as text, empty for none
     * @param max largest value as text, empty for none
     */
    record Between(Optional<String> min, Optional<String> max) implements ColumnRule {
        public Between {
            if (min.isEmpty() && max.isEmpty()) {
                throw new IllegalArgumentException("a range needs a least or a largest value");
            }
        }

        @Override
        public String broken(String column, BoundValues values) {
            StringJoiner outside = new StringJoiner(" OR ", "count_if(", ")");
            min.ifPresent(bound -> outside.add(column + " < " + values.bind(bound)));
            max.ifPresent(bound -> outside.add(column + " > " + values.bind(bound)));
            return outside.toString();
        }

        @Override
        public String text() {
            return min.map(bound -> "is at least " + bound).orElse("")
                    + (min.isPresent() && max.isPresent() ? " and " : "")
                    + max.map(bound -> "is at most " + bound).orElse("");
        }
    }

    /**
     * Values are some of a few.
     *
     * @param allowed the values as text; not empty
     */
    record OneOf(List<String> allowed) implements ColumnRule {
        public OneOf {
            allowed = List.copyOf(allowed);
            if (allowed.isEmpty()) {
                throw new IllegalArgumentException("a list of allowed values needs at least one");
            }
        }

        @Override
        public String broken(String column, BoundValues values) {
            return allowed.stream()
                    .map(values::bind)
                    .collect(Collectors.joining(", ", "count_if(" + column + " NOT IN (", "))"));
        }

        @Override
        public String text() {
            return "is one of " + allowed;
        }
    }

    /**
     * The whole text fits a regular expression.
     *
     * @param pattern as Java and Databricks' {@code RLIKE} write it
     */
    record Matches(String pattern) implements ColumnRule {
        public Matches {
            // Fails with the place of what is wrong.
            Pattern.compile(pattern);
        }

        @Override
        public String broken(String column, BoundValues values) {
            return "count_if(NOT (" + column + " RLIKE " + values.bindText("\\A(?:" + pattern + ")\\z") + "))";
        }

        @Override
        public String text() {
            return "matches " + pattern;
        }
    }

    /**
     * Texts are no longer than this.
     *
     * @param characters most characters; not negative
     */
    record NoLongerThan(int characters) implements ColumnRule {
        public NoLongerThan {
            if (characters < 0) {
                throw new IllegalArgumentException("a text cannot have " + characters + " characters");
            }
        }

        @Override
        public String broken(String column, BoundValues values) {
            return "count_if(length(" + column + ") > " + characters + ")";
        }

        @Override
        public String text() {
            return "has at most " + characters + " characters";
        }
    }
}
