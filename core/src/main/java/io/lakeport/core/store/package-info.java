/** Port: objects below one root, whole or absent. */
@NullMarked
package io.lakeport.core.store;

import org.jspecify.annotations.NullMarked;
