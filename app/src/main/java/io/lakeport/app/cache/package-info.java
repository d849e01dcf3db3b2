/** Results kept in memory for the next who asks the same, and checked against their tables before they are given. */
@NullMarked
package io.lakeport.app.cache;

import org.jspecify.annotations.NullMarked;
