package io.lakeport.core.doctor.identity;

import java.util.Objects;

/**
 * Notes who we are in the workspace's directory.
 *
 * @param id its number there
 * @param name by which grants name it: an application id or a user name
 * @param servicePrincipal whether it is one
 */
public record ScimIdentity(String id, String name, boolean servicePrincipal) {
    public ScimIdentity {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
    }
}
