/** Reading what was exported, independently of what wrote it. */
@NullMarked
package io.lakeport.testkit.files;

import org.jspecify.annotations.NullMarked;
