/** Encryption to a public key, for secrets on their way to the vault. */
@NullMarked
package io.lakeport.auth.intake;

import org.jspecify.annotations.NullMarked;
