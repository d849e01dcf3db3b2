package io.lakeport.core.export.request;

import io.lakeport.core.sql.Identifier;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column whose values become Hive directories: a column of the source, which then leaves the files, or a part of a
 * date or timestamp, which is added beside it.
 *
 * @param column column of the source
 * @param part which part of it
 * @param name name of the directory level
 */
public record PartitionField(String column, Part part, String name) {
    private static final Pattern TEXT =
            Pattern.compile("(?:(?<part>[A-Za-z]+)\\((?<arg>.+)\\)|(?<column>.+?))(?:\\s+[aA][sS]\\s+(?<name>\\S+))?");

    /** Part of a date or timestamp; {@link #WHOLE} for the value itself. */
    public enum Part {
        WHOLE,
        YEAR,
        MONTH,
        DAY,
        HOUR,
        DATE
    }

    public PartitionField {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(name, "name");
        if (part == Part.WHOLE && !name.equals(column)) {
            throw new IllegalArgumentException("partition column '" + column + "' cannot be renamed to '" + name
                    + "'; only a part of a date can have another name, as in 'year(" + column + ") AS " + name + "'");
        }
    }

    /**
     * Returns the field of a text: {@code country}, {@code year(created_at)} or {@code date(created_at) AS day}.
     *
     * @throws IllegalArgumentException naming the text, when it is neither
     */
    public static PartitionField parse(String text) {
        Matcher matcher = TEXT.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("partition column '" + text
                    + "' is neither a column nor a part such as year(created_at) or date(created_at) AS day");
        }
        String alias = matcher.group("name");
        if (matcher.group("part") == null) {
            String column = matcher.group("column").trim();
            return new PartitionField(column, Part.WHOLE, alias == null ? column : alias);
        }
        Part part = part(matcher.group("part"), text);
        String name = alias == null ? part.name().toLowerCase(Locale.ROOT) : alias;
        return new PartitionField(matcher.group("arg").trim(), part, name);
    }

    private static Part part(String name, String text) {
        for (Part part : Part.values()) {
            if (part != Part.WHOLE && part.name().equalsIgnoreCase(name)) {
                return part;
            }
        }
        throw new IllegalArgumentException("partition column '" + text + "' uses '" + name
                + "', which is unknown; use year, month, day, hour or date");
    }

    /** Returns whether the directory is a part that is added, rather than a column of the source. */
    public boolean isDerived() {
        return part != Part.WHOLE;
    }

    /** Returns the expression that computes a derived part, for example {@code year(`created_at`)}. */
    public String expression() {
        String quoted = Identifier.of(column).quoted();
        return part == Part.WHOLE ? quoted : part.name().toLowerCase(Locale.ROOT) + "(" + quoted + ")";
    }

    /** Returns the text that {@link #parse} reads. */
    @Override
    public String toString() {
        if (!isDerived()) {
            return column;
        }
        String plain = part.name().toLowerCase(Locale.ROOT);
        return plain + "(" + column + ")" + (name.equals(plain) ? "" : " AS " + name);
    }
}
