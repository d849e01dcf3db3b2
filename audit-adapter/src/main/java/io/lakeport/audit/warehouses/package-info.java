/** The SQL warehouses of a workspace, through the official SDK. */
@NullMarked
package io.lakeport.audit.warehouses;

import org.jspecify.annotations.NullMarked;
