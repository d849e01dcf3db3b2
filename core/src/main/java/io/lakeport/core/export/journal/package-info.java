/** What a run has done so far, kept at its target, so that another process can go on. */
@NullMarked
package io.lakeport.core.export.journal;

import org.jspecify.annotations.NullMarked;
