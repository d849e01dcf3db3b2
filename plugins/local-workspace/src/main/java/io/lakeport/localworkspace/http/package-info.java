/** HTTP on loopback: exchanges, routes, errors in Databricks' form, TLS, the CONNECT port and the request log. */
@NullMarked
package io.lakeport.localworkspace.http;

import org.jspecify.annotations.NullMarked;
