/** Exports that the workspace runs by its own clock, and their publication afterwards. */
@NullMarked
package io.lakeport.core.export.schedule;

import org.jspecify.annotations.NullMarked;
