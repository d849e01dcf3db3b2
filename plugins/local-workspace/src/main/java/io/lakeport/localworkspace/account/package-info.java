/** Months of plausible account history, made from a seed, with totals that are known beforehand. */
@NullMarked
package io.lakeport.localworkspace.account;

import org.jspecify.annotations.NullMarked;
