/** Proves what runs published: files against manifests, manifests against keys, rows against the source. */
@NullMarked
package io.lakeport.core.export.proof;

import org.jspecify.annotations.NullMarked;
