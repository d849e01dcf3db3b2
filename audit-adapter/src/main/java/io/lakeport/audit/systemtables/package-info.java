/** The query history by system table. */
@NullMarked
package io.lakeport.audit.systemtables;

import org.jspecify.annotations.NullMarked;
