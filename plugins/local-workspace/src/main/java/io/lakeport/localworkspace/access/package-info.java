/** Who may use which object of the workspace, and from which address: permissions, IP access lists, settings. */
@NullMarked
package io.lakeport.localworkspace.access;

import org.jspecify.annotations.NullMarked;
