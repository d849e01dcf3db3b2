/** Jobs of a workspace: deployed from a definition, run now or by schedule, and looked after. */
@NullMarked
package io.lakeport.core.job;

import org.jspecify.annotations.NullMarked;
