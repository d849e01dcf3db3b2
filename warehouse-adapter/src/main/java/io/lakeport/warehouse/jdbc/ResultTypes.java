package io.lakeport.warehouse.jdbc;

import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.sql.SqlTypeParser;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the columns of a result from what the driver says of them. */
final class ResultTypes {
    private ResultTypes() {}

    static ResultSchema of(ResultSetMetaData metaData) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            columns.add(new Column(metaData.getColumnLabel(i), type(metaData, i)));
        }
        return new ResultSchema(columns);
    }

    private static SqlType type(ResultSetMetaData metaData, int column) throws SQLException {
        String name = metaData.getColumnTypeName(column);
        try {
            SqlType type = SqlTypeParser.parse(name);
            // Over Thrift the name comes without precision, which would be read as DECIMAL(10,0).
            return type.kind() == SqlType.Kind.DECIMAL
                    ? SqlType.decimal(metaData.getPrecision(column), metaData.getScale(column))
                    : type;
        } catch (IllegalArgumentException e) {
            return new SqlType(SqlType.Kind.OTHER, 0, 0, name, List.of());
        }
    }
}
