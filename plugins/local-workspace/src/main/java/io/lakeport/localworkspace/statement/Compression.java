package io.lakeport.localworkspace.statement;

/** How chunks are compressed. */
enum Compression {
    NONE,
    LZ4_FRAME
}
