/** What there is in Unity Catalog, as far as an identity may see it. */
@NullMarked
package io.lakeport.core.catalog;

import org.jspecify.annotations.NullMarked;
