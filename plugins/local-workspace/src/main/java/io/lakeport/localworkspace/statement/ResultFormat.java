package io.lakeport.localworkspace.statement;

/** How rows are written. */
enum ResultFormat {
    JSON_ARRAY,
    ARROW_STREAM,
    CSV
}
