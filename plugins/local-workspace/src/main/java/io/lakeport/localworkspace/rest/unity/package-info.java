/** Unity Catalog's REST API. */
@NullMarked
package io.lakeport.localworkspace.rest.unity;

import org.jspecify.annotations.NullMarked;
