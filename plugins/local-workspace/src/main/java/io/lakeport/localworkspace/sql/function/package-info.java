/** What Spark's functions do, in plain Java, for those that DuckDB does otherwise or not at all. */
@NullMarked
package io.lakeport.localworkspace.sql.function;

import org.jspecify.annotations.NullMarked;
