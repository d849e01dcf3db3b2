/** Which tables and columns statements read and wrote, found in their texts by Spark's grammar. */
@NullMarked
package io.lakeport.localworkspace.lineage;

import org.jspecify.annotations.NullMarked;
