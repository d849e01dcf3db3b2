/** Which way the rows of an export take, and why not another. */
@NullMarked
package io.lakeport.core.export.choice;

import org.jspecify.annotations.NullMarked;
