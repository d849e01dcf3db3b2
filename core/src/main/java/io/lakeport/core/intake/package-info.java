/** How a customer hands a secret over, once, to a host that keeps it: sealed where it was made, opened into the vault. */
@NullMarked
package io.lakeport.core.intake;

import org.jspecify.annotations.NullMarked;
