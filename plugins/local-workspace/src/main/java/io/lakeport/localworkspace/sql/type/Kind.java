package io.lakeport.localworkspace.sql.type;

/** The kinds of Databricks types. */
public enum Kind {
    BOOLEAN("BOOLEAN", "BOOLEAN", "BOOLEAN"),
    BYTE("BYTE", "TINYINT", "TINYINT"),
    SHORT("SHORT", "SMALLINT", "SMALLINT"),
    INT("INT", "INT", "INTEGER"),
    LONG("LONG", "BIGINT", "BIGINT"),
    FLOAT("FLOAT", "FLOAT", "FLOAT"),
    DOUBLE("DOUBLE", "DOUBLE", "DOUBLE"),
    DECIMAL("DECIMAL", "DECIMAL", "DECIMAL"),
    STRING("STRING", "STRING", "VARCHAR"),
    BINARY("BINARY", "BINARY", "BLOB"),
    DATE("DATE", "DATE", "DATE"),
    TIMESTAMP("TIMESTAMP", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE"),
    TIMESTAMP_NTZ("TIMESTAMP_NTZ", "TIMESTAMP_NTZ", "TIMESTAMP"),
    /** Held as months, so that DuckDB's integer arithmetic is Spark's interval arithmetic. */
    INTERVAL_YM("INTERVAL", "INTERVAL", "INTEGER"),
    /** Held as microseconds, for the same reason. */
    INTERVAL_DT("INTERVAL", "INTERVAL", "BIGINT"),
    ARRAY("ARRAY", "ARRAY", ""),
    MAP("MAP", "MAP", ""),
    STRUCT("STRUCT", "STRUCT", ""),
    /** Held as its JSON text. */
    VARIANT("VARIANT", "VARIANT", "VARCHAR"),
    VOID("NULL", "VOID", "INTEGER");

    private final String apiName;
    private final String text;
    private final String duck;

    Kind(String apiName, String text, String duck) {
        this.apiName = apiName;
        this.text = text;
        this.duck = duck;
    }

    /** Returns the name that the Statement Execution API uses. */
    public String apiName() {
        return apiName;
    }

    String text() {
        return text;
    }

    String duck() {
        return duck;
    }

    /** Whether values are whole numbers of a fixed width. */
    public boolean isIntegral() {
        return this == BYTE || this == SHORT || this == INT || this == LONG;
    }

    /** Whether values are numbers. */
    public boolean isNumeric() {
        return isIntegral() || isFractional() || this == DECIMAL;
    }

    /** Whether values are binary floating-point numbers. */
    public boolean isFractional() {
        return this == FLOAT || this == DOUBLE;
    }

    /** Whether values are points in time, with or without a zone. */
    public boolean isTimestamp() {
        return this == TIMESTAMP || this == TIMESTAMP_NTZ;
    }

    /** Whether values are spans of time. */
    public boolean isInterval() {
        return this == INTERVAL_YM || this == INTERVAL_DT;
    }

    /** Whether values consist of other values. */
    public boolean isNested() {
        return this == ARRAY || this == MAP || this == STRUCT;
    }
}
