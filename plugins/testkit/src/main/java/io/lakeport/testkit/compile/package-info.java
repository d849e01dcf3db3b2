/** Compiling small sources inside a test: broken plugins, code that breaks a rule. */
@NullMarked
package io.lakeport.testkit.compile;

import org.jspecify.annotations.NullMarked;
