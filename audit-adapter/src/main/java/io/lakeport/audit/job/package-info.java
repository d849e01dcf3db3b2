/** Jobs of a tenant's workspace by the Jobs API, their SQL as files of the tenant's own folder. */
@NullMarked
package io.lakeport.audit.job;

import org.jspecify.annotations.NullMarked;
