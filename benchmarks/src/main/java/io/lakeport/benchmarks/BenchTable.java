package io.lakeport.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table that is read: 16 columns like TPC-H lineitem, about 170 bytes of Arrow a row. */
final class BenchTable {
    static final String NAME = "main.default.bench";

    /** Names and Databricks types of the columns, in order. */
    static final Map<String, String> COLUMNS = columns();

    private BenchTable() {}

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("orderkey", "BIGINT");
        List.of("partkey", "suppkey", "linenumber").forEach(name -> columns.put(name, "INT"));
        List.of("quantity", "extendedprice", "discount", "tax").forEach(name -> columns.put(name, "DECIMAL(15,2)"));
        List.of("returnflag", "linestatus").forEach(name -> columns.put(name, "STRING"));
        List.of("shipdate", "commitdate").forEach(name -> columns.put(name, "DATE"));
        columns.put("receipted_at", "TIMESTAMP");
        List.of("shipinstruct", "shipmode", "comment").forEach(name -> columns.put(name, "STRING"));
        return columns;
    }

    /** Returns the statement that makes it; the same rows on every run. */
    static String createSql(long rows) {
        return "CREATE OR REPLACE TABLE " + NAME + " AS SELECT"
                + " id AS orderkey,"
                + " CAST(id * 7919 % 200000 AS INT) AS partkey,"
                + " CAST(id * 104729 % 10000 AS INT) AS suppkey,"
                + " CAST(id % 7 AS INT) AS linenumber,"
                + " CAST(id % 50 + 1 AS DECIMAL(15,2)) AS quantity,"
                + " CAST(id * 31 % 10494950 / 100.0 AS DECIMAL(15,2)) AS extendedprice,"
                + " CAST(id % 11 / 100.0 AS DECIMAL(15,2)) AS discount,"
                + " CAST(id % 9 / 100.0 AS DECIMAL(15,2)) AS tax,"
                + " CASE WHEN id % 3 = 0 THEN 'A' WHEN id % 3 = 1 THEN 'N' ELSE 'R' END AS returnflag,"
                + " CASE WHEN id % 2 = 0 THEN 'O' ELSE 'F' END AS linestatus,"
                + " date_add(DATE '1992-01-02', CAST(id % 2526 AS INT)) AS shipdate,"
                + " date_add(DATE '1992-01-31', CAST(id * 3 % 2466 AS INT)) AS commitdate,"
                + " timestamp_micros(694310400000000 + id * 1000003 % 220000000000000) AS receipted_at,"
                + " CASE WHEN id % 4 = 0 THEN 'DELIVER IN PERSON' WHEN id % 4 = 1 THEN 'COLLECT COD'"
                + " WHEN id % 4 = 2 THEN 'NONE' ELSE 'TAKE BACK RETURN' END AS shipinstruct,"
                + " CASE WHEN id % 10 = 0 THEN NULL ELSE concat('MODE', CAST(id % 7 AS STRING)) END AS shipmode,"
                + " concat('comment ', md5(CAST(id AS STRING))) AS comment"
                + " FROM range(" + rows + ")";
    }

    /** Returns a query that makes the same rows in DuckDB itself. */
    static String duckSql(long rows) {
        String columns = createSql(rows).replaceFirst("^CREATE OR REPLACE TABLE \\S+ AS ", "");
        return columns.replace("date_add(DATE '1992-01-02', ", "(DATE '1992-01-02' + ")
                .replace("date_add(DATE '1992-01-31', ", "(DATE '1992-01-31' + ")
                .replace("timestamp_micros(", "make_timestamptz(")
                .replace("FROM range(" + rows + ")", "FROM range(" + rows + ") t(id)");
    }

    /** Returns the statement that reads it whole. */
    static String readSql() {
        return "SELECT * FROM " + NAME;
    }
}
