/** Direct memory that is reserved before it is taken, reused, and given back to the system. */
@NullMarked
package io.lakeport.warehouse.memory;

import org.jspecify.annotations.NullMarked;
