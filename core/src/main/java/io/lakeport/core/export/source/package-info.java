/** Which rows a run reads: the pinned snapshot, the window, and the statement made of them. */
@NullMarked
package io.lakeport.core.export.source;

import org.jspecify.annotations.NullMarked;
