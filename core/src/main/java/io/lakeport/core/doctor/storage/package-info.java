/** Checks of the place where the workspace is to write files. */
@NullMarked
package io.lakeport.core.doctor.storage;

import org.jspecify.annotations.NullMarked;
