/** A Databricks workspace of its own for a test: {@link io.lakeport.testkit.workspace.LocalWorkspace}. */
@NullMarked
package io.lakeport.testkit.workspace;

import org.jspecify.annotations.NullMarked;
