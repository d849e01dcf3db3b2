/** The workspace's REST API as far as the core needs it. */
@NullMarked
package io.lakeport.core.workspace;

import org.jspecify.annotations.NullMarked;
