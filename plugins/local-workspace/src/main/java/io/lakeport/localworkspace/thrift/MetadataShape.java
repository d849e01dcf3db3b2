package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.engine.EngineColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a metadata call answers: each column with the column of the SHOW statement that fills it. The names on the left
 * are JDBC's, those on the right Databricks' own, as the official driver maps them.
 *
 * @param columns column definitions: {@code NAME} or {@code NAME:INT}, then {@code =source} when there is one
 */
record MetadataShape(List<String> columns) {
    static final MetadataShape CATALOGS = of("TABLE_CAT=catalog");
    static final MetadataShape SCHEMAS = of("TABLE_SCHEM=databaseName", "TABLE_CATALOG=catalogName");
    static final MetadataShape TABLES = of(
            "TABLE_CAT=catalogName",
            "TABLE_SCHEM=namespace",
            "TABLE_NAME=tableName",
            "TABLE_TYPE=tableType",
            "REMARKS=remarks",
            "TYPE_CAT",
            "TYPE_SCHEM",
            "TYPE_NAME",
            "SELF_REFERENCING_COL_NAME",
            "REF_GENERATION");
    static final MetadataShape COLUMNS = of(
            "TABLE_CAT=catalogName",
            "TABLE_SCHEM=namespace",
            "TABLE_NAME=tableName",
            "COLUMN_NAME=col_name",
            "DATA_TYPE:INT=dataType",
            "TYPE_NAME=columnType",
            "COLUMN_SIZE:INT=columnSize",
            "BUFFER_LENGTH:INT",
            "DECIMAL_DIGITS:INT=decimalDigits",
            "NUM_PREC_RADIX:INT=radix",
            "NULLABLE:INT=Nullable",
            "REMARKS=remarks",
            "COLUMN_DEF",
            "SQL_DATA_TYPE:INT",
            "SQL_DATETIME_SUB:INT",
            "CHAR_OCTET_LENGTH:INT",
            "ORDINAL_POSITION:INT=ordinalPosition",
            "IS_NULLABLE=isNullable",
            "SCOPE_CATALOG",
            "SCOPE_SCHEMA",
            "SCOPE_TABLE",
            "SOURCE_DATA_TYPE:SHORT",
            "IS_AUTO_INCREMENT=isAutoIncrement");
    static final MetadataShape FUNCTIONS = of(
            "FUNCTION_CAT=catalogName",
            "FUNCTION_SCHEM=namespace",
            "FUNCTION_NAME=functionName",
            "REMARKS=remarks",
            "FUNCTION_TYPE:INT=functionType",
            "SPECIFIC_NAME=specificName");
    static final MetadataShape PRIMARY_KEYS = of(
            "TABLE_CAT=catalogName",
            "TABLE_SCHEM=namespace",
            "TABLE_NAME=tableName",
            "COLUMN_NAME=col_name",
            "KEY_SEQ:INT=keySeq",
            "PK_NAME=constraintName");
    static final MetadataShape CROSS_REFERENCE = of(
            "PKTABLE_CAT=parentCatalogName",
            "PKTABLE_SCHEM=parentNamespace",
            "PKTABLE_NAME=parentTableName",
            "PKCOLUMN_NAME=parentColName",
            "FKTABLE_CAT=catalogName",
            "FKTABLE_SCHEM=namespace",
            "FKTABLE_NAME=tableName",
            "FKCOLUMN_NAME=col_name",
            "KEY_SEQ:INT=keySeq",
            "UPDATE_RULE:INT=updateRule",
            "DELETE_RULE:INT=deleteRule",
            "FK_NAME=constraintName",
            "PK_NAME=parentConstraintName",
            "DEFERRABILITY:INT=deferrability");
    static final MetadataShape TABLE_TYPES = of("TABLE_TYPE=tableType");

    MetadataShape {
        columns = List.copyOf(columns);
    }

    private static MetadataShape of(String... columns) {
        return new MetadataShape(List.of(columns));
    }

    /** Puts rows of a SHOW statement into this shape. */
    MetadataTable fill(List<Map<String, String>> rows) {
        List<EngineColumn> described = new ArrayList<>();
        for (String column : columns) {
            String type = type(column);
            described.add(new EngineColumn(name(column), type.equals("SHORT") ? "SMALLINT" : type, type, true));
        }
        List<List<@Nullable Object>> values = new ArrayList<>();
        for (Map<String, String> row : rows) {
            List<@Nullable Object> line = new ArrayList<>();
            for (String column : columns) {
                line.add(value(column, row));
            }
            values.add(line);
        }
        return new MetadataTable(described, values);
    }

    private static String name(String column) {
        return column.split("[:=]", 2)[0];
    }

    private static String type(String column) {
        int colon = column.indexOf(':');
        return colon < 0 ? "STRING" : column.substring(colon + 1).split("=", 2)[0];
    }

    private static @Nullable Object value(String column, Map<String, String> row) {
        int equals = column.indexOf('=');
        String text = equals < 0 ? null : row.get(column.substring(equals + 1));
        if (text == null || type(column).equals("STRING")) {
            return text;
        }
        if (type(column).equals("BOOLEAN")) {
            return Boolean.valueOf(text);
        }
        return text.matches("-?\\d{1,9}") ? Integer.valueOf(text) : null;
    }
}
