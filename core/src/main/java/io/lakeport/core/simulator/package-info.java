/** The port behind which a simulated workspace is started on this machine; production code never needs it. */
@NullMarked
package io.lakeport.core.simulator;

import org.jspecify.annotations.NullMarked;
