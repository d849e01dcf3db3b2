/** Sign-in with secrets that the vault keeps. */
@NullMarked
package io.lakeport.core.auth.sealed;

import org.jspecify.annotations.NullMarked;
