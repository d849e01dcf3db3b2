/** Workload identity federation: a token of the platform where we run becomes one of Databricks. */
@NullMarked
package io.lakeport.auth.federation;

import org.jspecify.annotations.NullMarked;
