/** Spark's own grammar, with Databricks' texts for what it refuses. */
@NullMarked
package io.lakeport.localworkspace.sql.parse;

import org.jspecify.annotations.NullMarked;
