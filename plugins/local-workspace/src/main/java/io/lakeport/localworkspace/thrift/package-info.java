/** The Thrift protocol of SQL warehouses over HTTP: a codec of our own, so that the official driver checks it. */
@NullMarked
package io.lakeport.localworkspace.thrift;

import org.jspecify.annotations.NullMarked;
