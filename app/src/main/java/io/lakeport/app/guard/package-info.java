/** Guards: what stands around every exchange with a remote system. */
@NullMarked
package io.lakeport.app.guard;

import org.jspecify.annotations.NullMarked;
