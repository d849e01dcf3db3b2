/**
 * Architecture rules on ArchUnit: for hosts that embed Lakeport, for plugins, and for Lakeport itself. Each says why it
 * stands.
 */
@NullMarked
package io.lakeport.testkit.rules;

import org.jspecify.annotations.NullMarked;
