/** What a workspace remembers between two starts, other than rows of tables. */
@NullMarked
package io.lakeport.localworkspace.state;

import org.jspecify.annotations.NullMarked;
