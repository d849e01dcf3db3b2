/** What Lakeport remembers beyond a process: documents of tenants, changed atomically, and leases between hosts. */
@NullMarked
package io.lakeport.core.state;

import org.jspecify.annotations.NullMarked;
