/** Databricks SQL in front of DuckDB: what both halves, parsing and translating, share. */
@NullMarked
package io.lakeport.localworkspace.sql;

import org.jspecify.annotations.NullMarked;
