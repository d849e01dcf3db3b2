/** Ports for access tokens. */
@NullMarked
package io.lakeport.core.auth;

import org.jspecify.annotations.NullMarked;
