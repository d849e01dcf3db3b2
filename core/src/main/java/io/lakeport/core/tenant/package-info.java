/** Who a call is made for, where, and what it may touch. */
@NullMarked
package io.lakeport.core.tenant;

import org.jspecify.annotations.NullMarked;
