/** The official SDK as one tenant's client: its own User-Agent, deadline, guard and token, nothing of the JVM's. */
@NullMarked
package io.lakeport.audit.sdk;

import org.jspecify.annotations.NullMarked;
