/** The SQL engine behind the workspace's protocols: one port, so that DuckDB and Spark can both stand behind it. */
@NullMarked
package io.lakeport.localworkspace.engine;

import org.jspecify.annotations.NullMarked;
