/** Google service accounts: id tokens for workspaces on Google Cloud. */
@NullMarked
package io.lakeport.auth.google;

import org.jspecify.annotations.NullMarked;
