/** The engine that reads the result itself and encodes it in parallel lanes. */
@NullMarked
package io.lakeport.core.export.stream;

import org.jspecify.annotations.NullMarked;
