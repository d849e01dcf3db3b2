/** What is asked of an export. */
@NullMarked
package io.lakeport.core.export.request;

import org.jspecify.annotations.NullMarked;
