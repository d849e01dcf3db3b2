/** Configuration: one JSON document read into immutable records, with errors that name line, key and remedy. */
@NullMarked
package io.lakeport.app.config;

import org.jspecify.annotations.NullMarked;
