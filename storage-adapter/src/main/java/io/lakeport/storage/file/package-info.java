/** Objects as files of a directory. */
@NullMarked
package io.lakeport.storage.file;

import org.jspecify.annotations.NullMarked;
