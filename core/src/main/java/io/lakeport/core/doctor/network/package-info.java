/** Checks of the road to the workspace: proxy, name, connection, TLS, what answers, clock. */
@NullMarked
package io.lakeport.core.doctor.network;

import org.jspecify.annotations.NullMarked;
