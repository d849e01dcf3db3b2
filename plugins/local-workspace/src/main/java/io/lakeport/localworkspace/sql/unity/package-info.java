/** The statements of Unity Catalog that Spark's grammar does not know: GRANT, owners, catalogs, volumes, locations. */
@NullMarked
package io.lakeport.localworkspace.sql.unity;

import org.jspecify.annotations.NullMarked;
