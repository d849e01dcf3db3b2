/** Port: chunks become files of one format. */
@NullMarked
package io.lakeport.core.format;

import org.jspecify.annotations.NullMarked;
