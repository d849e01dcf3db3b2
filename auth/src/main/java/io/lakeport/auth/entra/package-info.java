/** Microsoft Entra: service principals by secret or certificate, and managed identities. */
@NullMarked
package io.lakeport.auth.entra;

import org.jspecify.annotations.NullMarked;
