/** Speed and memory as ratios of one run: against the official driver, and against doing nothing. */
@NullMarked
package io.lakeport.benchmarks;

import org.jspecify.annotations.NullMarked;
