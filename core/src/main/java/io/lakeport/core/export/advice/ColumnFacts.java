package io.lakeport.core.export.advice;

import io.lakeport.core.query.Column;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a column.
 *
 * @param rows rows of the table
 * @param nulls rows in which it is NULL
 * @param distinct how many values it has
 * @param future rows whose value lies ahead of the workspace's clock; 0 for a number
 * @param largestTie rows that share the most frequent value
 */
record ColumnFacts(long rows, long nulls, long distinct, long future, long largestTie) {
    static ColumnFacts of(String relation, Column column, Answers answers) {
        String name = Identifier.of(column.name()).quoted();
        List<@Nullable Object> row = answers.rows("SELECT count(*), count(" + name + "), count(DISTINCT " + name + "), "
                        + future(name, column.type()) + " FROM " + relation)
                .get(0);
        long rows = Answers.number(row.get(0));
        Object tie = answers.rows("SELECT max(n) FROM (SELECT count(*) AS n FROM " + relation + " WHERE " + name
                        + " IS NOT NULL GROUP BY " + name + ") AS ties")
                .get(0)
                .get(0);
        return new ColumnFacts(
                rows,
                rows - Answers.number(row.get(1)),
                Answers.number(row.get(2)),
                Answers.number(row.get(3)),
                Answers.number(tie));
    }

    private static String future(String name, SqlType type) {
        String ahead = switch (type.kind()) {
            case TIMESTAMP -> name + " > current_timestamp()";
            // Wall clocks are ahead of UTC by fourteen hours at most.
            case TIMESTAMP_NTZ -> name + " > CAST(current_timestamp() AS TIMESTAMP_NTZ) + INTERVAL 14 HOURS";
            case DATE -> name + " > date_add(current_date(), 1)";
            default -> "false";
        };
        return "sum(CASE WHEN " + ahead + " THEN 1 ELSE 0 END)";
    }
}
