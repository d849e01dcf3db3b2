/** Checks of metastore, catalog, schema, table and columns. */
@NullMarked
package io.lakeport.core.doctor.data;

import org.jspecify.annotations.NullMarked;
