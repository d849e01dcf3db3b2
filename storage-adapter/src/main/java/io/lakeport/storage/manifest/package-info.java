/** Manifests as JSON. */
@NullMarked
package io.lakeport.storage.manifest;

import org.jspecify.annotations.NullMarked;
