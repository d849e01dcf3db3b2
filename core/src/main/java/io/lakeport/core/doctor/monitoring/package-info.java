/** Checks of system tables and of what jobs they show. */
@NullMarked
package io.lakeport.core.doctor.monitoring;

import org.jspecify.annotations.NullMarked;
