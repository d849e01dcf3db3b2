/** How every credential is: whose, how old, until when, and what to do about it. */
@NullMarked
package io.lakeport.core.credential;

import org.jspecify.annotations.NullMarked;
