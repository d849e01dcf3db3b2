/** The main job, shown from end to end: the same road against the local workspace and against a real one. */
@NullMarked
package io.lakeport.app.demo;

import org.jspecify.annotations.NullMarked;
