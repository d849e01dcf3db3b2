/** One run of an export, from its plan to its publication. */
@NullMarked
package io.lakeport.core.export.run;

import org.jspecify.annotations.NullMarked;
