/** CSV files as RFC 4180 describes them. */
@NullMarked
package io.lakeport.storage.csv;

import org.jspecify.annotations.NullMarked;
