/** Files of statements with the answers that Spark gave, and the running of them on an engine. */
@NullMarked
package io.lakeport.localworkspace.corpus;

import org.jspecify.annotations.NullMarked;
