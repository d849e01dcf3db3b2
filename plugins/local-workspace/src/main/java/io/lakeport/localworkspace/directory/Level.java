package io.lakeport.localworkspace.directory;

/** Where an entry lives. Privileges in Unity Catalog can be granted to entries of the account only. */
public enum Level {
    ACCOUNT,
    WORKSPACE
}
