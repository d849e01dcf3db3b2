/** Databricks SQL on a local Spark with Delta Lake, behind the engine port of the local workspace. */
@NullMarked
package io.lakeport.sparkengine;

import org.jspecify.annotations.NullMarked;
