/** What exported rows are declared to be, and whether they are. */
@NullMarked
package io.lakeport.core.export.model;

import org.jspecify.annotations.NullMarked;
