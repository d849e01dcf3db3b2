/** Expressions: typed, named as Spark names them, and printed as DuckDB SQL. */
@NullMarked
package io.lakeport.localworkspace.sql.expression;

import org.jspecify.annotations.NullMarked;
