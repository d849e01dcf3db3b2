/** JSON Lines files: one JSON object a row. */
@NullMarked
package io.lakeport.storage.jsonl;

import org.jspecify.annotations.NullMarked;
