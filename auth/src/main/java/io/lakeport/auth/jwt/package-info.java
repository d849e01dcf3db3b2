/** JSON web tokens: signing an assertion, checking an id token, and looking into a token without believing it. */
@NullMarked
package io.lakeport.auth.jwt;

import org.jspecify.annotations.NullMarked;
