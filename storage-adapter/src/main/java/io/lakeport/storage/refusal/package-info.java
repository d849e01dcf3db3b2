/** What servers answer, as errors that a caller can act on; the same for every store. */
@NullMarked
package io.lakeport.storage.refusal;

import org.jspecify.annotations.NullMarked;
