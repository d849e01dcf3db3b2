/** The warehouse writes the files itself, and this process counts and hashes what it wrote. */
@NullMarked
package io.lakeport.core.export.unload;

import org.jspecify.annotations.NullMarked;
