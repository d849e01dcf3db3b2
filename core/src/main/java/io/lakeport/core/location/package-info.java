/** Cloud storage that Unity Catalog knows: credentials and external locations. */
@NullMarked
package io.lakeport.core.location;

import org.jspecify.annotations.NullMarked;
