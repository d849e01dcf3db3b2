/** A plugin of the tests in whose stores a process dies at a chosen step. */
@NullMarked
package io.lakeport.app.export.mortal;

import org.jspecify.annotations.NullMarked;
