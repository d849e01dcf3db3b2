/** What Unity Catalog shows, through the official SDK. */
@NullMarked
package io.lakeport.audit.catalog;

import org.jspecify.annotations.NullMarked;
