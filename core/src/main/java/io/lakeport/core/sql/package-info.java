/** Names, types and parameters of Databricks SQL. */
@NullMarked
package io.lakeport.core.sql;

import org.jspecify.annotations.NullMarked;
