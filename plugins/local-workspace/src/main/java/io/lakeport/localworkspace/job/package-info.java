/** Jobs, their runs, and saved queries that their tasks run. */
@NullMarked
package io.lakeport.localworkspace.job;

import org.jspecify.annotations.NullMarked;
