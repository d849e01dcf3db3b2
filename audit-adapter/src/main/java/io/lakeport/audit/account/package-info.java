/** The account's API, through the official SDK. */
@NullMarked
package io.lakeport.audit.account;

import org.jspecify.annotations.NullMarked;
