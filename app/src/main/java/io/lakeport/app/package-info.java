/** The facade that hosts embed. */
@NullMarked
package io.lakeport.app;

import org.jspecify.annotations.NullMarked;
