package io.lakeport.core.export.model;

import io.lakeport.core.sql.SqlType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A column as it is declared.
 *
 * @param name its name; upper and lower case do not matter, as in Databricks
 * @param type its type; a source whose type widens to it without loss conforms
 * @param rules what every value must be
 */
public record ModelColumn(String name, SqlType type, List<ColumnRule> rules) {
    private static final Set<SqlType.Kind> NUMBERS = Set.of(
            SqlType.Kind.TINYINT,
            SqlType.Kind.SMALLINT,
            SqlType.Kind.INT,
            SqlType.Kind.BIGINT,
            SqlType.Kind.FLOAT,
            SqlType.Kind.DOUBLE,
            SqlType.Kind.DECIMAL);
    private static final Set<SqlType.Kind> NESTED =
            Set.of(SqlType.Kind.ARRAY, SqlType.Kind.MAP, SqlType.Kind.STRUCT, SqlType.Kind.VARIANT, SqlType.Kind.OTHER);

    public ModelColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        rules = List.copyOf(rules);
        for (ColumnRule rule : rules) {
            check(name, type, rule);
        }
    }

    private static void check(String name, SqlType type, ColumnRule rule) {
        boolean fits = true;
        if (rule instanceof ColumnRule.Matches || rule instanceof ColumnRule.NoLongerThan) {
            fits = type.kind() == SqlType.Kind.STRING;
        } else if (rule instanceof ColumnRule.Between between) {
            fits = isOrdered(type);
            between.min().ifPresent(bound -> requireValue(name, type, bound));
            between.max().ifPresent(bound -> requireValue(name, type, bound));
        } else if (rule instanceof ColumnRule.OneOf oneOf) {
            fits = !NESTED.contains(type.kind());
            oneOf.allowed().forEach(value -> requireValue(name, type, value));
        } else if (rule instanceof ColumnRule.Unique) {
            fits = !NESTED.contains(type.kind());
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "column '" + name + "' is " + type + ", of which '" + rule.text() + "' cannot be told");
        }
    }

    private static boolean isOrdered(SqlType type) {
        return NUMBERS.contains(type.kind())
                || type.kind() == SqlType.Kind.DATE
                || type.kind() == SqlType.Kind.TIMESTAMP
                || type.kind() == SqlType.Kind.TIMESTAMP_NTZ;
    }

    private static void requireValue(String name, SqlType type, String value) {
        try {
            if (NUMBERS.contains(type.kind())) {
                new BigDecimal(value);
            } else if (type.kind() == SqlType.Kind.DATE) {
                LocalDate.parse(value);
            }
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException("column '" + name + "' is " + type + ", and '" + value + "' is none", e);
        }
    }
}
