/** Rights in a workspace: which there are, who holds them, which are missing, and what gives them. */
@NullMarked
package io.lakeport.core.grant;

import org.jspecify.annotations.NullMarked;
