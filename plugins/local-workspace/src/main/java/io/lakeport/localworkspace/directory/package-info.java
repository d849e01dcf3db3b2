/** Users, service principals and groups of the account, and who of them is in the workspace. */
@NullMarked
package io.lakeport.localworkspace.directory;

import org.jspecify.annotations.NullMarked;
