package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.auth.Principal;

/**
 * Who posts a statement.
 *
 * @param principal the authenticated principal
 * @param origin where the statement came from
 */
record Caller(Principal principal, QueryOrigin origin) {}
