/** Checks of credential, identity, assignment and entitlements. */
@NullMarked
package io.lakeport.core.doctor.identity;

import org.jspecify.annotations.NullMarked;
