/** What an export works with, and what it tells meanwhile. */
@NullMarked
package io.lakeport.core.export.port;

import org.jspecify.annotations.NullMarked;
