/** The account around the workspaces: its principals, who is assigned where, OAuth applications. */
@NullMarked
package io.lakeport.core.account;

import org.jspecify.annotations.NullMarked;
