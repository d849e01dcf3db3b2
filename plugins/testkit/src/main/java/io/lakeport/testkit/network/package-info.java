/** Networks that fail, in front of real servers. */
@NullMarked
package io.lakeport.testkit.network;

import org.jspecify.annotations.NullMarked;
