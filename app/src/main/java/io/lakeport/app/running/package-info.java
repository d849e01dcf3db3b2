/** Statements that may run, remembered on the disk beyond the end of their process. */
@NullMarked
package io.lakeport.app.running;

import org.jspecify.annotations.NullMarked;
