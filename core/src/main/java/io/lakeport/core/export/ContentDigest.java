package io.lakeport.core.export;

import io.lakeport.core.query.Column;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.SqlType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Row count and order-independent checksum of a set of rows. Both sides of a proof are computed by SQL, so that the
 * rows pass through none of the code that is being proved.
 *
 * @param rows how many rows
 * @param checksum sum of a 60-bit hash of each row
 */
public record ContentDigest(long rows, BigDecimal checksum) {
    /** Stands for NULL in the hashed text; a control character, so that no ordinary value equals it. */
    private static final String NULL_MARK = "\\u0001";

    private static final String SEPARATOR = "\\u001f";

    public ContentDigest {
        Objects.requireNonNull(checksum, "checksum");
    }

    /**
     * Returns the statement that computes the digest: one row, {@code rows BIGINT} and {@code checksum DECIMAL(38,0)}.
     *
     * @param columns columns to compare, by name
     * @param relation what stands behind FROM: a quoted table name or a subquery with its alias
     */
    public static String sql(List<Column> columns, String relation) {
        String row = columns.stream()
                .map(column -> "coalesce(" + text(column) + ", '" + NULL_MARK + "')")
                .collect(Collectors.joining(", "));
        return "SELECT count(*) AS rows, coalesce(sum(CAST(conv(substr(md5(concat_ws('" + SEPARATOR + "', " + row
                + ")), 1, 15), 16, 10) AS DECIMAL(20,0))), 0) AS checksum FROM " + relation;
    }

    private static String text(Column column) {
        String name = Identifier.of(column.name()).quoted();
        SqlType type = column.type();
        if (type.isNested()) {
            return "to_json(" + name + ")";
        }
        return type.kind() == SqlType.Kind.BINARY ? "hex(" + name + ")" : "CAST(" + name + " AS STRING)";
    }
}
