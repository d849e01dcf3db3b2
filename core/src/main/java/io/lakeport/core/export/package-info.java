/** Writing results to object storage, proven by a manifest. */
@NullMarked
package io.lakeport.core.export;

import org.jspecify.annotations.NullMarked;
