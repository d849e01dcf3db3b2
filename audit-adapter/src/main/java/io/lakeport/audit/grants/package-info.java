/** Privileges and permissions, through the official SDK. */
@NullMarked
package io.lakeport.audit.grants;

import org.jspecify.annotations.NullMarked;
