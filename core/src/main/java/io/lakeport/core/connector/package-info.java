/** What third parties implement. */
@NullMarked
package io.lakeport.core.connector;

import org.jspecify.annotations.NullMarked;
