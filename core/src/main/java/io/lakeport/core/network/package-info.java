/** The road to a server, looked at step by step. */
@NullMarked
package io.lakeport.core.network;

import org.jspecify.annotations.NullMarked;
