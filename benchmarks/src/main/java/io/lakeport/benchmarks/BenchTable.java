package io.lakeport.benchmarks;

/** The table that is read: 16 columns like TPC-H lineitem, about 170 bytes of Arrow a row. */
final class BenchTable {
    static final String NAME = "main.default.bench";

    private BenchTable() {}

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

    /** Returns the statement that reads it whole. */
    static String readSql() {
        return "SELECT * FROM " + NAME;
    }
}
