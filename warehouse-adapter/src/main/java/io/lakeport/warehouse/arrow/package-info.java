/** Writing the interchange format from values, for sources that do not speak it. */
@NullMarked
package io.lakeport.warehouse.arrow;

import org.jspecify.annotations.NullMarked;
