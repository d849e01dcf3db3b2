/** Rows that a job of the workspace writes into a folder of the target. */
@NullMarked
package io.lakeport.core.export.job;

import org.jspecify.annotations.NullMarked;
