/** The versions of tables: the commit log, rows that later commits removed, time travel and the change data feed. */
@NullMarked
package io.lakeport.localworkspace.version;

import org.jspecify.annotations.NullMarked;
