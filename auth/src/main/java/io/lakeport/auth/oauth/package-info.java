/** OAuth client credentials against a workspace's token endpoint. */
@NullMarked
package io.lakeport.auth.oauth;

import org.jspecify.annotations.NullMarked;
