/** Running statements and reading their results under a memory ceiling. */
@NullMarked
package io.lakeport.core.query;

import org.jspecify.annotations.NullMarked;
