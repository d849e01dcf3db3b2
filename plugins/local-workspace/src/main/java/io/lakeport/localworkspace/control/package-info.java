/** The paths below {@code /local} by which the command line asks a running workspace and gives it tables. */
@NullMarked
package io.lakeport.localworkspace.control;

import org.jspecify.annotations.NullMarked;
