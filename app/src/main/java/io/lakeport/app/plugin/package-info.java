/** Plugin host: finds providers on the class path and in plugin directories, and survives broken ones. */
@NullMarked
package io.lakeport.app.plugin;

import org.jspecify.annotations.NullMarked;
