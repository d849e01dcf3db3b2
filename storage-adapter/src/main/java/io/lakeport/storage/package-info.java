/** Object stores and file formats. */
@NullMarked
package io.lakeport.storage;

import org.jspecify.annotations.NullMarked;
