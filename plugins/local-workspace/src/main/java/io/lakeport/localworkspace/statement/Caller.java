package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.auth.Principal;

/**
 * Who posts a statement.
 *
 * @param principal the authenticated principal
 * @param userAgent the client's User-Agent, empty when it sent none
 * @param base scheme and authority under which the client reached the workspace
 */
record Caller(Principal principal, String userAgent, String base) {}
