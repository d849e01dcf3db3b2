/** The token cache: one refresh in flight for each tenant, ahead of expiry. */
@NullMarked
package io.lakeport.auth.cache;

import org.jspecify.annotations.NullMarked;
