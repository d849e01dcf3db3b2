/** Trying a credential at the workspace, and telling apart why it is refused. */
@NullMarked
package io.lakeport.auth.check;

import org.jspecify.annotations.NullMarked;
