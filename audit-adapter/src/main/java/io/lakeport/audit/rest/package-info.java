/** The query history by REST. */
@NullMarked
package io.lakeport.audit.rest;

import org.jspecify.annotations.NullMarked;
