/** Puts the object graph together; the only place that knows Guice. */
@NullMarked
package io.lakeport.app.wiring;

import org.jspecify.annotations.NullMarked;
