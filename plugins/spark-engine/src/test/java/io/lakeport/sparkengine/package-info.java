/** Spark behind the workspace's protocols, and as the judge of the SQL corpus. */
@NullMarked
package io.lakeport.sparkengine;

import org.jspecify.annotations.NullMarked;
