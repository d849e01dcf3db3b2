/** The ways in which rows reach the target. */
@NullMarked
package io.lakeport.core.export.engine;

import org.jspecify.annotations.NullMarked;
