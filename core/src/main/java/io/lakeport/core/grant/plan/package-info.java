/** What somebody needs for its work, what of it is missing, and giving it. */
@NullMarked
package io.lakeport.core.grant.plan;

import org.jspecify.annotations.NullMarked;
