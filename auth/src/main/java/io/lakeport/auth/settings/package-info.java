/** Reading a method's settings so that a mistake is named by its key. */
@NullMarked
package io.lakeport.auth.settings;

import org.jspecify.annotations.NullMarked;
