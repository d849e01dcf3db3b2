/** What a target holds, by its own record: numbered manifests and their proof. */
@NullMarked
package io.lakeport.core.manifest;

import org.jspecify.annotations.NullMarked;
