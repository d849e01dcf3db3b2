/** The road to a server, looked at with the JDK's sockets and TLS. */
@NullMarked
package io.lakeport.auth.network;

import org.jspecify.annotations.NullMarked;
