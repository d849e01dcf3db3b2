package io.lakeport.localworkspace.statement;

/** How a result travels. */
enum Disposition {
    INLINE,
    EXTERNAL_LINKS,
    INLINE_OR_EXTERNAL_LINKS
}
