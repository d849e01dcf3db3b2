/** Principals of a workspace, through the official SDK. */
@NullMarked
package io.lakeport.audit.principals;

import org.jspecify.annotations.NullMarked;
