/** Asking a token endpoint: the request, its answer, and what a refusal means whatever the method. */
@NullMarked
package io.lakeport.auth.endpoint;

import org.jspecify.annotations.NullMarked;
