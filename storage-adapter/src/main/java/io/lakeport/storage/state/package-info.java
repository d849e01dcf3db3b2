/** State in a database: one file, or PostgreSQL. */
@NullMarked
package io.lakeport.storage.state;

import org.jspecify.annotations.NullMarked;
