/** Catalogs, schemas and tables, and the statements that describe them. */
@NullMarked
package io.lakeport.localworkspace.catalog;

import org.jspecify.annotations.NullMarked;
