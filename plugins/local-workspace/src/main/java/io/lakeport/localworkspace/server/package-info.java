/** The running workspace: in this process, or in a JVM of its own for hosts without the flags that Arrow needs. */
@NullMarked
package io.lakeport.localworkspace.server;

import org.jspecify.annotations.NullMarked;
