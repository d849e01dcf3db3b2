/** Rotation of OAuth secrets with overlap: a new one is created, tried and switched to before the old one is deleted. */
@NullMarked
package io.lakeport.core.rotation;

import org.jspecify.annotations.NullMarked;
