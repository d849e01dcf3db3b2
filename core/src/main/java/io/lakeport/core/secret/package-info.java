/** Values that must never be shown. */
@NullMarked
package io.lakeport.core.secret;

import org.jspecify.annotations.NullMarked;
