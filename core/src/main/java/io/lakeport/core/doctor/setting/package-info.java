/** Settings of a connection that cannot be, told before anything is sent. */
@NullMarked
package io.lakeport.core.doctor.setting;

import org.jspecify.annotations.NullMarked;
