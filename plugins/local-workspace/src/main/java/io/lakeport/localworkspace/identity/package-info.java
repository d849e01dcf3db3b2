/** REST APIs about principals: SCIM, assignment, secrets, tokens, applications, federation, permissions, IP lists. */
@NullMarked
package io.lakeport.localworkspace.identity;

import org.jspecify.annotations.NullMarked;
