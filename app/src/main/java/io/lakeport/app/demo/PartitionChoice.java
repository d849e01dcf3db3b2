package io.lakeport.app.demo;

import io.lakeport.core.query.Column;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.sql.TableName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses a column with few values to partition by; if there is none, the month of a date, else a bucket number.
 *
 * @param name chosen column
 * @param dated the date that the month is taken from, when the month was chosen
 */
record PartitionChoice(String name, Optional<Column> dated) {
    private static final int FEWEST = 2;
    private static final int MOST = 24;

    /**
     * Chooses.
     *
     * @param rows runs a statement
     */
    static PartitionChoice of(TableName table, List<Column> columns, Function<String, RowCursor> rows) {
        List<Column> texts = columns.stream()
                .filter(column -> column.type().kind() == SqlType.Kind.STRING)
                .toList();
        Optional<String> few = texts.isEmpty() ? Optional.empty() : fewest(table, texts, rows);
        if (few.isPresent()) {
            return new PartitionChoice(few.get(), Optional.empty());
        }
        Optional<Column> dated = columns.stream()
                .filter(column -> switch (column.type().kind()) {
                    case DATE, TIMESTAMP, TIMESTAMP_NTZ -> true;
                    default -> false;
                })
                .findFirst();
        return new PartitionChoice(dated.isPresent() ? DemoTable.MONTH : DemoTable.BUCKET, dated);
    }

    private static Optional<String> fewest(TableName table, List<Column> texts, Function<String, RowCursor> rows) {
        StringBuilder sql = new StringBuilder("SELECT count(*)");
        for (Column column : texts) {
            String name = Identifier.of(column.name()).quoted();
            sql.append(", count(DISTINCT ").append(name).append(')');
            // A directory named 01 would be read back as the number 1 by most engines: only words are partitioned by.
            sql.append(", sum(CASE WHEN ").append(name).append(" RLIKE '^[A-Za-z]' THEN 1 ELSE 0 END)");
        }
        try (RowCursor cursor =
                rows.apply(sql.append(" FROM ").append(table.quoted()).toString())) {
            cursor.next();
            long all = cursor.getLong(0);
            for (int i = 0; i < texts.size(); i++) {
                long distinct = cursor.getLong(1 + 2 * i);
                boolean words = !cursor.isNull(2 + 2 * i) && cursor.getLong(2 + 2 * i) == all;
                if (distinct >= FEWEST && distinct <= MOST && words) {
                    return Optional.of(texts.get(i).name());
                }
            }
            return Optional.empty();
        }
    }
}
