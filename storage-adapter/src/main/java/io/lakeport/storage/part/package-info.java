/** Objects that are sent in parts: bounded memory for their content, parts in parallel, one sink for every store. */
@NullMarked
package io.lakeport.storage.part;

import org.jspecify.annotations.NullMarked;
