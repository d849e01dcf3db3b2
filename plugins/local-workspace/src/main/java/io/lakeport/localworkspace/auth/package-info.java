/** Who may call: service principals, their secrets and tokens, OIDC discovery and the token endpoint. */
@NullMarked
package io.lakeport.localworkspace.auth;

import org.jspecify.annotations.NullMarked;
