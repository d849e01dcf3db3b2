package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.auth.Principal;

/**
 * Who posts a statement.
 *
 * @param principal the authenticated principal
 * @param userAgent the client's User-Agent, empty when it sent none
 */
record Caller(Principal principal, String userAgent) {}
