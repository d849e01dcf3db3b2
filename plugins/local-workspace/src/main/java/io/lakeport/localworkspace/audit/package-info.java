/** Who did what in the workspace: requests and statements, as {@code system.access.audit} tells them. */
@NullMarked
package io.lakeport.localworkspace.audit;

import org.jspecify.annotations.NullMarked;
