/** The types of Databricks SQL, and how DuckDB holds each of them. */
@NullMarked
package io.lakeport.localworkspace.sql.type;

import org.jspecify.annotations.NullMarked;
