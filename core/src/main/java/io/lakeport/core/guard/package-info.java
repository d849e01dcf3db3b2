/** The one place where calls to a remote system are bounded, throttled and retried. */
@NullMarked
package io.lakeport.core.guard;

import org.jspecify.annotations.NullMarked;
