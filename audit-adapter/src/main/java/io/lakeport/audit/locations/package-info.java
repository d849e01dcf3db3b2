/** Storage credentials and external locations, through the official SDK. */
@NullMarked
package io.lakeport.audit.locations;

import org.jspecify.annotations.NullMarked;
