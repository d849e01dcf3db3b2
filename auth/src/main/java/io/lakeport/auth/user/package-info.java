/** Users who sign in by a browser: authorization code with PKCE, and refresh tokens that serve once. */
@NullMarked
package io.lakeport.auth.user;

import org.jspecify.annotations.NullMarked;
