/** All-purpose and job clusters: their settings, states and events. They compute nothing themselves. */
@NullMarked
package io.lakeport.localworkspace.cluster;

import org.jspecify.annotations.NullMarked;
