/** The tables of the catalog {@code system}: their columns, where their rows come from, and when they are refreshed. */
@NullMarked
package io.lakeport.localworkspace.system;

import org.jspecify.annotations.NullMarked;
