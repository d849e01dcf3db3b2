/** The doctor's walk: which checks there are, and how they follow one another. */
@NullMarked
package io.lakeport.core.doctor.walk;

import org.jspecify.annotations.NullMarked;
