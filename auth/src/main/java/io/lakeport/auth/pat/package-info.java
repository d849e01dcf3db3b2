/** Personal access tokens. */
@NullMarked
package io.lakeport.auth.pat;

import org.jspecify.annotations.NullMarked;
