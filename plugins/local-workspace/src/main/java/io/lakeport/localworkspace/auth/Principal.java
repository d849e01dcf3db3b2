package io.lakeport.localworkspace.auth;

import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.directory.PrincipalKind;

/**
 * Who calls: a user or a service principal. Two are equal when their ids are, since the other parts may change while a
 * statement runs.
 *
 * @param id numeric id inside the account
 * @param applicationId the name by which it signs in and is granted privileges: of a service principal the OAuth client
 *     id, a UUID, which is also its user name, as Databricks has it; of a user the user name
 * @param displayName name for people
 * @param kind user or service principal
 */
public record Principal(long id, String applicationId, String displayName, PrincipalKind kind) {
    static Principal of(DirectoryEntry entry) {
        return new Principal(entry.id(), entry.name(), entry.displayName(), entry.kind());
    }

    /** Returns the name by which it signs in and is granted privileges. */
    public String name() {
        return applicationId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Principal that && that.id == id;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }
}
