/** Connections on which each user has a credential of their own: signing in by a browser, entering, listing, revoking. */
@NullMarked
package io.lakeport.core.auth.user;

import org.jspecify.annotations.NullMarked;
