/** DuckDB behind the engine port. */
@NullMarked
package io.lakeport.localworkspace.engine.duck;

import org.jspecify.annotations.NullMarked;
