/** Who there is in a workspace: users, service principals and groups. */
@NullMarked
package io.lakeport.core.principal;

import org.jspecify.annotations.NullMarked;
