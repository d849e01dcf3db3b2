/** Reading the interchange format, the Arrow IPC stream, without a library and without JVM flags. */
@NullMarked
package io.lakeport.core.arrow;

import org.jspecify.annotations.NullMarked;
