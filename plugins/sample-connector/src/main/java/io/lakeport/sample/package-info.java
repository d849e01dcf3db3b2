/** A connector that counts the rows of a table: the smallest complete plugin. */
@NullMarked
package io.lakeport.sample;

import org.jspecify.annotations.NullMarked;
