package io.lakeport.localworkspace.directory;

/** With which right an entry of the account is assigned to the workspace, as the Workspace Assignment API names it. */
public enum Assignment {
    USER,
    ADMIN
}
