package io.lakeport.app.cli;

/** How rows are printed. */
enum OutputFormat {
    /** Columns side by side, for people. */
    TABLE,
    /** One JSON object for each row, on a line of its own. */
    JSON,
    /** RFC 4180 with a header; NULL is empty, an empty text is {@code ""}. */
    CSV,
    /** One Arrow IPC stream. */
    ARROW
}
