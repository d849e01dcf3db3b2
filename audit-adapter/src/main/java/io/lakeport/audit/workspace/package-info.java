/** The workspace's control plane by REST. */
@NullMarked
package io.lakeport.audit.workspace;

import org.jspecify.annotations.NullMarked;
