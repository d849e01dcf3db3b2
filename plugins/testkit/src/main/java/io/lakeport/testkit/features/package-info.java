/** Counting which lines of {@code docs/features.md} the tests prove. */
@NullMarked
package io.lakeport.testkit.features;

import org.jspecify.annotations.NullMarked;
