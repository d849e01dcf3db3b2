/** What the workspace uses and what that costs: usage records, list prices and their tables. */
@NullMarked
package io.lakeport.localworkspace.billing;

import org.jspecify.annotations.NullMarked;
