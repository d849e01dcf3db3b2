/** Checks that name the cause and the fix. */
@NullMarked
package io.lakeport.core.doctor;

import org.jspecify.annotations.NullMarked;
