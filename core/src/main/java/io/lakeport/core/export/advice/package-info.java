/** Advice on how a table is exported in increments: what its watermark would lose or double, and how to mend it. */
@NullMarked
package io.lakeport.core.export.advice;

import org.jspecify.annotations.NullMarked;
