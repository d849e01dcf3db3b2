/** Deadlines. */
@NullMarked
package io.lakeport.core.time;

import org.jspecify.annotations.NullMarked;
