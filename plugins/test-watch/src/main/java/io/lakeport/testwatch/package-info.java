/** What is checked and counted for every test, whatever it tests. */
@NullMarked
package io.lakeport.testwatch;

import org.jspecify.annotations.NullMarked;
