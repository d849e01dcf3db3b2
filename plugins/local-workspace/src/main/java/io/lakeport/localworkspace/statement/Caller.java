package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.auth.Principal;

/**
 * Who posts a statement.
 *
 * @param principal the authenticated principal
 * @param origin where the statement came from
 * @param base scheme and authority under which the client reached the workspace, empty for none
 */
record Caller(Principal principal, QueryOrigin origin) {}
