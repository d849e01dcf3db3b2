/** Reading objects over connections that break. */
@NullMarked
package io.lakeport.storage.read;

import org.jspecify.annotations.NullMarked;
