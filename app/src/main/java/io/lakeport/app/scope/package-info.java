/** What a statement would touch, read off its text before it is sent. */
@NullMarked
package io.lakeport.app.scope;

import org.jspecify.annotations.NullMarked;
