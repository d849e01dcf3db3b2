/** SQL warehouses as a thing to be run: their tier and size, starting and waiting for them, and capacity by the clock. */
@NullMarked
package io.lakeport.core.warehouse;

import org.jspecify.annotations.NullMarked;
