package io.lakeport.localworkspace.auth;

/**
 * A service principal.
 *
 * @param id numeric id inside the workspace
 * @param applicationId its OAuth client id, a UUID; also its user name, as Databricks has it
 * @param displayName name for people
 */
public record Principal(long id, String applicationId, String displayName) {}
