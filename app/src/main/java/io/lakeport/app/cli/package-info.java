/** The command line. */
@NullMarked
package io.lakeport.app.cli;

import org.jspecify.annotations.NullMarked;
