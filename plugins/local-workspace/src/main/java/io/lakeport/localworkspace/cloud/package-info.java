/** Identity providers of clouds, whose tokens a workspace takes: Microsoft Entra, managed identities, Google. */
@NullMarked
package io.lakeport.localworkspace.cloud;

import org.jspecify.annotations.NullMarked;
