/** Queries: relations, scopes, select lists and set operations, printed as DuckDB SQL. */
@NullMarked
package io.lakeport.localworkspace.sql.query;

import org.jspecify.annotations.NullMarked;
