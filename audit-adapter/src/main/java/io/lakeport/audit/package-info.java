/** What Lakeport ran, and what workspaces recorded of it. */
@NullMarked
package io.lakeport.audit;

import org.jspecify.annotations.NullMarked;
