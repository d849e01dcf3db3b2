/** OAuth secrets of service principals, through the Databricks SDK. */
@NullMarked
package io.lakeport.audit.oauthsecret;

import org.jspecify.annotations.NullMarked;
