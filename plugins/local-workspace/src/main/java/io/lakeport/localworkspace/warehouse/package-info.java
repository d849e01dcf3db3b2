/** The SQL warehouses of the workspace and their states. */
@NullMarked
package io.lakeport.localworkspace.warehouse;

import org.jspecify.annotations.NullMarked;
