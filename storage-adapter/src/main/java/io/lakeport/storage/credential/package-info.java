/** Credentials of stores that end and are renewed. */
@NullMarked
package io.lakeport.storage.credential;

import org.jspecify.annotations.NullMarked;
