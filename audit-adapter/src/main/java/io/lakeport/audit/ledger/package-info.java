/** The ledger as JSON lines in a directory. */
@NullMarked
package io.lakeport.audit.ledger;

import org.jspecify.annotations.NullMarked;
