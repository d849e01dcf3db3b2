/** The life of a tenant: it is created, suspended, resumed, and deleted with proof. */
@NullMarked
package io.lakeport.core.tenancy;

import org.jspecify.annotations.NullMarked;
