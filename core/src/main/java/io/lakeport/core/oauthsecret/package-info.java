/** OAuth secrets of service principals, as Databricks issues them. */
@NullMarked
package io.lakeport.core.oauthsecret;

import org.jspecify.annotations.NullMarked;
