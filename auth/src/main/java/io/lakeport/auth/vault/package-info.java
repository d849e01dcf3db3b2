/** Secrets sealed with AES-256-GCM under keys of their tenants, and the master keys that wrap those. */
@NullMarked
package io.lakeport.auth.vault;

import org.jspecify.annotations.NullMarked;
