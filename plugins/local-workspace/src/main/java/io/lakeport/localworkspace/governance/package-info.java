/** Who may do what with which object of Unity Catalog. */
@NullMarked
package io.lakeport.localworkspace.governance;

import org.jspecify.annotations.NullMarked;
