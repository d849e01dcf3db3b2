/** HTTP exchanges with a deadline, whose bodies go where there is room for them. */
@NullMarked
package io.lakeport.warehouse.http;

import org.jspecify.annotations.NullMarked;
