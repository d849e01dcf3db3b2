/** What Lakeport ran, and what the workspace says of it. */
@NullMarked
package io.lakeport.core.audit;

import org.jspecify.annotations.NullMarked;
