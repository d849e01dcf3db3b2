/** One exception, with a code that says what the caller can do about it. */
@NullMarked
package io.lakeport.core.error;

import org.jspecify.annotations.NullMarked;
