/** Checks of the warehouse: its right, its state, a statement, and the storage of its results. */
@NullMarked
package io.lakeport.core.doctor.warehouse;

import org.jspecify.annotations.NullMarked;
