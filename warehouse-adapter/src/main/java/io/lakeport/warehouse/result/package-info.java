/** A result as chunks in order: links, downloads, decoding, all under one ceiling of bytes. */
@NullMarked
package io.lakeport.warehouse.result;

import org.jspecify.annotations.NullMarked;
